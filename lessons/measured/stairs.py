"""Runs all variants of a lesson on one shelf and times them without the recorder."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from statistics import median
from time import perf_counter_ns

from django.utils import timezone

from lab.recording.report import Status
from lab.shelves import READ
from lessons.measured.latest import latest
from lessons.measured.scaling import QUICK
from lessons.runs.differing import shown_difference

REPEATS = 5  # warm runs, after one that is cold
_LONG = 1_000_000_000  # nanoseconds, beside which it is little that a run is cold


@dataclass(frozen=True, kw_only=True)
class Measurement:
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
class Measurements:
    variants: tuple[Measurement, ...]  # one for each variant, in the lesson's order
    measured_at: datetime  # when the last run ended
    difference: tuple[tuple[str, str], ...] = ()  # (variant, row) of the first row that differs


def latest_measurements(shelved, *, again=False):
    """Return the Measurements of all variants on the shelf, measured now or lately.

    again: accept none that was there before. Raises Busy while another reader's takes long, and LabError or
    LessonError like ShelvedLesson.record().
    """
    lesson, shelf = shelved.lesson, shelved.shelf
    names = [variant.name for variant in lesson.variants]
    key = "/".join(map(str, ["staircase", lesson.path, *names, shelf.engine_name, shelf.books]))
    return latest(key, partial(_measure, shelved), again=again)


def _measure(shelved):
    pairs = [(variant, _record(shelved, variant)) for variant in shelved.lesson.variants]
    walls = _walls(shelved, [variant for variant, (_, is_quick) in pairs if is_quick])
    measured = tuple(_measurement(report, walls.get(variant.name)) for variant, (report, _) in pairs)
    return Measurements(variants=measured, measured_at=timezone.now(), difference=_difference(shelved, measured))


def _difference(shelved, measured):
    pairs = zip(shelved.lesson.variants, measured, strict=True)
    return shown_difference(
        [(variant.title, (shelved, variant), each.digest) for variant, each in pairs if each.is_result]
    )


def _walls(shelved, variants):
    """Return {name: nanoseconds} of repeats in turn: what else the machine does meanwhile meets all of them."""
    runs = 1 if shelved.lesson.access == READ else 0  # a copy is never warm
    times: dict[str, list[int]] = {variant.name: [] for variant in variants}
    with shelved.template() as template:
        for _ in range(REPEATS):
            for variant in variants:
                wall = shelved.measure(variant, runs=runs, template=template)
                times[variant.name].append(wall.median)
    return {name: int(median(each)) for name, each in times.items()}


def _measurement(report, wall_ns):
    """wall_ns: the median of unrecorded repeats, None where the recorded run is the only one."""
    if report.status != Status.OK:
        return Measurement(status=report.status, error=report.error, error_type=report.error_type)
    database_ns, python_ns = report.split(report.wall_ns if wall_ns is None else wall_ns)
    return Measurement(
        status=report.status,
        queries=report.queries,
        rows=report.rows_fetched,
        cells=report.cells_fetched,
        database_ns=database_ns,
        python_ns=python_ns,
        repeats=0 if wall_ns is None else REPEATS,
        digest=report.digest,
        returned=report.rows,
    )


def _record(shelved, variant):
    """Return (Report, whether repeats are quick) of a recorded run: of a second one, unless the first takes long,
    since the first may be cold; of the median of three where they are quick, as the curve does.
    """
    report, took = _timed(shelved, variant)
    if report.status != Status.OK or took > _LONG:
        return report, False
    second, took = _timed(shelved, variant)
    if took > QUICK:
        return second, False
    third = shelved.record(variant)
    return sorted((report, second, third), key=lambda each: each.wall_ns)[1], True


def _timed(shelved, variant):
    """Return (Report, nanoseconds in all): a copy of the shelf keeps the reader waiting too."""
    started = perf_counter_ns()
    report = shelved.record(variant)
    return report, perf_counter_ns() - started
