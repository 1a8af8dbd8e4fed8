"""The rows at stake in a race, with what changed."""

from dataclasses import dataclass

from lessons.words.races import cut


@dataclass(frozen=True, kw_only=True)
class Value:
    """One column of one row. was: what it was before, where that is another value."""

    column: str
    text: str
    was: str | None = None


@dataclass(frozen=True, kw_only=True)
class WatchedRow:
    values: tuple[Value, ...]
    is_new: bool = False

    @property
    def changed(self):
        return self.is_new or any(value.was is not None for value in self.values)


@dataclass(frozen=True, kw_only=True)
class WatchedRows:
    rows: tuple[WatchedRow, ...]
    gone: int  # rows that were there before

    @property
    def changed(self):
        return self.gone > 0 or any(row.changed for row in self.rows)


def compare_watched(before, after):
    """Return the Stakes of the rows `after`, dicts, marking what is not as it was in `before`.

    Where there are as many as before, each is compared with the one in its place; else whole rows are.
    """
    if len(before) == len(after):
        return WatchedRows(rows=tuple(map(_against, before, after)), gone=0)
    left = list(before)
    rows = []
    for row in after:
        is_new = row not in left
        if not is_new:
            left.remove(row)
        rows.append(WatchedRow(values=_values(row), is_new=is_new))
    return WatchedRows(rows=tuple(rows), gone=len(left))


def _against(before, after):
    def was(column, value):
        return None if before.get(column) == value else _plain(before.get(column))

    values = (Value(column=column, text=_plain(value), was=was(column, value)) for column, value in after.items())
    return WatchedRow(values=tuple(values))


def _values(row):
    return tuple(Value(column=column, text=_plain(value)) for column, value in row.items())


def _plain(value):
    """An empty text would not be seen."""
    return "''" if value == "" else cut(str(value))
