"""The numbers of a curve as a table: each variant's, then left ÷ right."""

from dataclasses import dataclass, replace

from lab.recording.report import Status
from lessons.measured.scaling import NOT_RUN
from lessons.words.figures import factor, figure, ms

_HEADINGS = ("queries", "rows", "ms in the database", "ms in all")


@dataclass(frozen=True, kw_only=True)
class TableRow:
    at: int
    cells: tuple[str, ...] = ()  # none where nothing ran
    why: str | None = None  # they, and those of the rows before, are not of a whole run


@dataclass(frozen=True, kw_only=True)
class TableGroup:
    title: str
    accent: str
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, kw_only=True)
class CurveTable:
    axis: str  # heading of the column that the rows are named in
    headings: tuple[str, ...]
    groups: tuple[TableGroup, ...]

    @property
    def columns(self):
        """How many there are beside that."""
        return len(self.headings)


def make_table(left, right, latency, axis):
    """Return the CurveTable of two Lines on an Axis; a column more where `latency`, in ms as text, is not 0."""
    computed = () if latency == "0" else (f"computed with {latency} ms",)
    columns = len(_HEADINGS + computed)
    groups = [_variant(line, columns) for line in (left, right) if not line.unavailable]
    if ratios := tuple(_ratios(left, right, columns)):
        title = f"{left.variant.title} ÷ {right.variant.title}"
        groups.append(TableGroup(title=title, accent="", rows=ratios))
    return CurveTable(axis=axis.heading, headings=_HEADINGS + computed, groups=tuple(groups))


def _variant(line, columns):
    rows = [_row(row, columns) for row in line.rows]
    return TableGroup(title=line.variant.title, accent=line.accent, rows=tuple(_once(rows)))


def _once(rows):
    """Yield the rows; where several in a row have figures for one reason, the last says it."""
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        is_told_later = row.cells and following and following.why == row.why
        yield replace(row, why=None) if is_told_later else row


def _row(row, columns):
    point = row.point
    if point.status == NOT_RUN:
        return TableRow(at=point.at, why=point.error)
    queries, rows, *times = _numbers(row)
    texts = [figure(queries), figure(rows), *map(ms, times)][:columns]
    if point.is_result:
        return TableRow(at=point.at, cells=tuple(texts))
    cells = tuple(f"≥ {text}" for text in texts)
    return TableRow(at=point.at, cells=cells, why=f"{point.error.rstrip('.')}; recorded until then")


def _ratios(left, right, columns):
    """Yield a row for each run that the right finished and the left at least began."""
    for ours, theirs in zip(left.rows, right.rows, strict=True):
        if not theirs.point.is_result or ours.point.status not in (Status.OK, Status.STOPPED):
            continue
        sign = "" if ours.point.is_result else "≥ "
        pairs = zip(_numbers(ours)[:columns], _numbers(theirs), strict=False)
        cells = tuple(sign + factor(a / b) if b else "–" for a, b in pairs)
        yield TableRow(at=ours.point.at, cells=cells)


def _numbers(row):
    point = row.point
    return point.queries, point.rows, point.database_ns, point.wall_ns, row.computed_ns
