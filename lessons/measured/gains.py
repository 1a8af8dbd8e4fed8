"""What a lesson is about, as one figure of each variant: queries, rows, memory, whatever its guess asks for."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.utils import timezone

from lab.recording.report import Report, Status
from lab.running.rows import canonical
from lessons.course.contract import Variant
from lessons.course.guess import FIGURES
from lessons.measured.latest import latest
from lessons.measured.passes import fields_of, memory_of, unread
from lessons.runs.shelved import ShelvedLesson

RECORDED = ("queries", "rows", "returned")  # what one recorded run tells
_COMPARED = 1_000  # rows of each run
_RUNS = 7


@dataclass(frozen=True, kw_only=True)
class Gain:
    """The figure of some variants on one shelf; None where a run did not end. Nanoseconds, or bytes of memory."""

    asks: str  # one of lessons.course.guess.ASKS
    figures: tuple[tuple[Variant, int | None], ...]  # the naive one first
    measured_at: datetime | None = None  # None where they are counts that the lesson declares, and proves

    def figure(self, name: str) -> int | None:
        return {variant.name: value for variant, value in self.figures}.get(name)

    @property
    def ratio(self) -> float | None:
        """Naive ÷ optimized: infinite where nothing is left, None where there is nothing to compare."""
        naive, optimized = self.figure("naive"), self.figure("optimized")
        if naive is None or optimized is None or not (naive or optimized):
            return None
        return naive / optimized if optimized else float("inf")


def declared_gain(shelved: ShelvedLesson, variants: tuple[Variant, ...], **known: int) -> Gain | None:
    """Return the Gain in queries, or None where it needs a run. known: counts of variants that have just run"""
    figures: list[tuple[Variant, int | None]] = []
    for variant in variants:
        declared = variant.counts.get(shelved.shelf.books)
        count = known.get(variant.name, declared.value(shelved.environment) if declared else None)
        if count is None or shelved.unavailable(variant):
            return None
        figures.append((variant, count))
    return Gain(asks="queries", figures=tuple(figures))


def latest_gain(shelved: ShelvedLesson, variants: tuple[Variant, ...], *, again: bool = False) -> Gain:
    """Return the Gain of what the lesson asks for, measured now or lately.

    again: accept none that was there before. Raises Busy, LabError or LessonError.
    """
    lesson, shelf = shelved.lesson, shelved.shelf
    names = [variant.name for variant in variants]
    key = "/".join(map(str, ["gain", lesson.path, lesson.guess.asks, *names, shelf.engine_name, shelf.books]))
    return latest(key, partial(_measure, shelved, variants), again=again)


def _measure(shelved: ShelvedLesson, variants: tuple[Variant, ...]) -> Gain:
    asks = shelved.lesson.guess.asks
    keep = _COMPARED if asks == "differing" else 0
    reports = {variant.name: shelved.record(variant, keep=keep) for variant in variants}
    right = reports.get("optimized")

    def figure(variant: Variant) -> int | None:
        report = reports[variant.name]
        if report.status != Status.OK:
            return None
        if asks == "differing":
            return differing(report, right) if right else None
        return figure_of(asks, report) if asks in FIGURES else _MEASURED[asks](shelved, variant)

    figures = tuple((variant, figure(variant)) for variant in variants)
    return Gain(asks=asks, figures=figures, measured_at=timezone.now())


def figure_of(asks: str, report: Report) -> int:
    """asks: one of RECORDED"""
    return {"queries": report.queries, "rows": report.rows_fetched, "returned": report.rows}[asks]


def differing(report: Report, right: Report) -> int:
    """How many of the rows that a run returned are not among those of the one that is right."""
    rows, others = (Counter(map(canonical, each.preview)) for each in (report, right))
    return (rows - others).total()


def _time(shelved: ShelvedLesson, variant: Variant) -> int:
    return shelved.measure(variant, runs=_RUNS).median


def _memory(shelved: ShelvedLesson, variant: Variant) -> int:
    return memory_of(shelved, variant).peak


def _fields(shelved: ShelvedLesson, variant: Variant) -> int:
    return unread(fields_of(shelved, variant))


_MEASURED: dict[str, Callable[[ShelvedLesson, Variant], int]] = {
    "fields": _fields,
    "memory": _memory,
    "time": _time,
}
