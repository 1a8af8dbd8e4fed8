"""Runs variants on every shelf of an engine; or on one, at every value of what the lesson's curve is over."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.utils import timezone

from lab.recording.report import Status
from lessons.measured.latest import latest
from lessons.measured.series import SeriesRunner
from lessons.runs.recording import record

NOT_RUN = "not run"  # beside the statuses of lab.recording.report
QUICK = 200_000_000  # nanoseconds
OFTEN = 7  # runs of one page


@dataclass(frozen=True, kw_only=True)
class Point:
    """One recorded run, or why there is none. Times in nanoseconds."""

    at: int  # books on the shelf, or the value of what the curve is over
    status: str  # a Status, or NOT_RUN
    error: str | None = None
    queries: int = 0
    rows: int = 0  # fetched
    database_ns: int = 0
    wall_ns: int = 0

    @property
    def is_result(self):
        """Whether the figures are those of a whole run."""
        return self.status == Status.OK

    @property
    def is_cut(self):
        """Whether the figures are those recorded until the run was stopped or raised: at least these."""
        return self.status in (Status.STOPPED, Status.RAISED)


@dataclass(frozen=True, kw_only=True)
class Scaling:
    """The runs of some variants, one each on every shelf, or at every value."""

    points: tuple[tuple[Point, ...], ...]  # for each variant, in ascending order
    measured_at: datetime  # when the last run ended


def latest_scaling(shelved, variants, *, again=False):
    """Return the Scaling of `variants`, measured now or lately.

    again: accept none that was there before. Raises Busy while another reader's takes long.
    """
    names = [variant.name for variant in variants]
    shelf, curve = shelved.shelf, shelved.lesson.curve
    scale = [shelf.books, "by", curve.over, *curve.values] if curve else shelf.engine.sizes()
    key = "/".join(map(str, ["curve", shelved.lesson.path, *names, shelf.engine_name, *scale]))
    return latest(key, partial(_measure, shelved, variants), again=again)


def _measure(shelved, variants):
    if shelved.lesson.curve:
        points = _series(shelved, variants)
    else:
        points = tuple(tuple(record_points(shelved, variant)) for variant in variants)
    return Scaling(points=points, measured_at=timezone.now())


def _series(shelved, variants):
    """The points of each variant on the one shelf."""
    curve = shelved.lesson.curve
    with shelved.template() as template:
        record = partial(_record_often, template=template)
        series = SeriesRunner(shelved=shelved, curve=curve, variants=variants, record=record).run()
    return tuple(tuple(_points(curve, variant, series.steps)) for variant in variants)


def _points(curve, variant, steps):
    last = None
    for step in steps:
        if report := step.reports.get(variant.name):
            yield _point(step.at, report)
            last = step.at
        else:
            yield Point(at=step.at, status=NOT_RUN, error=f"not run: {curve.at(last)} was stopped already")


def record_points(shelved, variant):
    """Yield a Point for every shelf of the engine, from small to large; none is run after one was stopped."""
    stopped = False
    for books in shelved.shelf.engine.sizes():
        if stopped:
            yield Point(at=books, status=NOT_RUN, error="not run: a smaller shelf was stopped already")
            continue
        point = _point(books, _record(shelved.with_books(books), variant))
        stopped = point.status == Status.STOPPED
        yield point


def _record(shelved, variant):
    """Return the Report of one run: of the median of three, where runs are quick and one moment weighs much."""
    reports = [record(shelved, variant)]
    if reports[0].status == Status.OK and reports[0].wall_ns < QUICK:
        reports += [shelved.record(variant) for _ in range(2)]
    return _median(reports)


def _record_often(shelved, variant, *, template):
    """The same, of up to OFTEN runs as long as they are quick together: pages differ by less than shelves do."""
    record = partial(shelved.record, variant, template=template)
    reports = [record()]
    while reports[0].status == Status.OK and len(reports) < OFTEN and _total(reports) < QUICK:
        reports.append(record())
    return _median(reports)


def _total(reports):
    return sum(report.wall_ns for report in reports)


def _median(reports):
    return sorted(reports, key=lambda report: report.wall_ns)[len(reports) // 2]


def _point(at, report):
    return Point(
        at=at,
        status=report.status,
        error=report.error,
        queries=report.queries,
        rows=report.rows_fetched,
        database_ns=report.database_ns,
        wall_ns=report.wall_ns,
    )
