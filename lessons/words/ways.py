"""How the way from a line to its query is told."""

_WHOLE = 4  # names that fit on a line


def by_way_of(way):
    """“by way of BoundField.as_widget() → … → ModelChoiceIterator”, or "" where nothing lies between.

    way: of a lab.recording.report.Group
    """
    if not way:
        return ""
    names = way if len(way) <= _WHOLE else (way[0], "…", *way[-2:])
    return f"by way of {' → '.join(names)}"
