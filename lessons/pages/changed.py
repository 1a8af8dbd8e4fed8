"""The lines that make the difference between two variants."""

from django.utils.safestring import mark_safe

from lessons.pages.runs.compare import align
from lessons.words.listing import list_file

_LINES = 3  # of each variant, that a row has room for


def changed_lines(left, right):
    """Return the lines, as HTML, that only one of two variants' files has; blank ones and imports left out."""
    lines = [list_file(form.path, name=form.path.name).lines for form in (left, right)]
    texts = [form.source.splitlines() for form in (left, right)]
    changed: tuple[list[str], list[str]] = ([], [])
    for pair in align(lines[0], lines[1], texts):
        for side, text, found in zip(pair, texts, changed, strict=True):
            if side.changed and side.number and _says_something(text[side.number - 1]):
                found.append(mark_safe(side.html.strip()))
    return tuple(_cut(found) for found in changed)


def _says_something(line):
    return line.strip() and not line.startswith(("from ", "import "))


def _cut(lines):
    return tuple(lines) if len(lines) <= _LINES else (*lines[: _LINES - 1], "…")
