"""Runs all variants of a lesson on one shelf and times them without the recorder."""

from dataclasses import dataclass
from datetime import datetime
from time import perf_counter_ns

from django.utils import timezone

from lab.report import Status
from lessons.latest import latest
from lessons.running import measure_variant, record_variant
from lessons.scaling import QUICK

REPEATS = 5  # warm runs, after one that is cold
_LONG = 1_000_000_000  # nanoseconds, beside which it is little that a run is cold


@dataclass(frozen=True, kw_only=True)
class Step:
    """What one variant did: the figures of a whole run, or why there are none. Times in nanoseconds."""

    status: str
    error: str | None = None
    error_type: str | None = None
    queries: int = 0
    rows: int = 0  # fetched
    cells: int = 0  # fetched
    database_ns: float = 0
    python_ns: float = 0
    repeats: int = 0  # unrecorded warm runs whose median the time is; 0: it is the recorded run's
    digest: str | None = None  # of the rows returned
    returned: int = 0

    @property
    def is_result(self):
        return self.status == Status.OK

    @property
    def total_ns(self):
        return self.database_ns + self.python_ns


@dataclass(frozen=True, kw_only=True)
class Steps:
    steps: tuple[Step, ...]  # one for each variant, in the lesson's order
    measured_at: datetime  # when the last run ended


def latest_steps(lesson, shelf, *, again=False):
    """Return the Steps of all variants on the shelf, measured now or lately.

    again: accept none that was there before. Raises Busy while another reader's takes long, and LabError or
    LessonError like record_variant.
    """
    names = [variant.name for variant in lesson.variants]
    key = "/".join(map(str, ["staircase", lesson.path, *names, shelf.engine_name, shelf.books]))
    return latest(key, lambda: _measure(lesson, shelf), again=again)


def _measure(lesson, shelf):
    steps = tuple(_step(lesson, variant, shelf) for variant in lesson.variants)
    return Steps(steps=steps, measured_at=timezone.now())


def _step(lesson, variant, shelf):
    report, is_quick = _record(lesson, variant, shelf)
    if report.status != Status.OK:
        return Step(status=report.status, error=report.error, error_type=report.error_type)
    wall_ns, repeats = report.wall_ns, 0
    if is_quick:
        wall = measure_variant(lesson, variant, shelf, runs=REPEATS)
        wall_ns, repeats = wall.median, wall.runs
    database_ns, python_ns = report.split(wall_ns)
    return Step(
        status=report.status,
        queries=report.queries,
        rows=report.rows_fetched,
        cells=report.cells_fetched,
        database_ns=database_ns,
        python_ns=python_ns,
        repeats=repeats,
        digest=report.digest,
        returned=report.rows,
    )


def _record(lesson, variant, shelf):
    """Return (Report, whether repeats are quick) of a recorded run: of a second one, unless the first takes long,
    since the first may be cold; of the median of three where they are quick, as the curve does.
    """
    report, took = _timed(lesson, variant, shelf)
    if report.status != Status.OK or took > _LONG:
        return report, False
    second, took = _timed(lesson, variant, shelf)
    if took > QUICK:
        return second, False
    third = record_variant(lesson, variant, shelf)
    return sorted((report, second, third), key=lambda each: each.wall_ns)[1], True


def _timed(lesson, variant, shelf):
    """Return (Report, nanoseconds in all): a copy of the shelf keeps the reader waiting too."""
    started = perf_counter_ns()
    report = record_variant(lesson, variant, shelf)
    return report, perf_counter_ns() - started
