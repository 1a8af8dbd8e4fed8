"""What the optimized form of a lesson saves, as optimized ÷ naive in one run."""

from collections.abc import Sequence
from math import sqrt
from statistics import median

from lab.recording.report import Report
from lab.shelves import READ
from lessons.measured.passes import fields_of, memory_of, unread
from lessons.runs.shelved import ShelvedLesson

_FEWEST, _MOST = 11, 101  # pairs of timed runs
_SURE = 3  # standard deviations of a fair coin's tosses


def saving(kind: str, shelved: ShelvedLesson, reports: Sequence[Report], bound: float) -> float | None:
    """Return optimized ÷ naive of a kind of saving, or None where naive has nothing to save.

    reports: those of naive and optimized, recorded on this shelf. bound: what the ratio of times is compared with.
    """
    if kind == "time":
        return _time_ratio(shelved, bound)
    naive, optimized = _AMOUNTS[kind](shelved, reports)
    return optimized / naive if naive else None


def _time_ratio(shelved: ShelvedLesson, bound: float) -> float:
    """The median ratio of pairs run in turn, so that a slow moment meets both.

    A sign test says when there are enough: once so many of the pairs lie on one side of the bound that noise
    does not explain it.
    """
    lesson = shelved.lesson
    runs = 1 if lesson.access == READ else 0  # a copy of the shelf costs more than the run, and is never warm
    ratios: list[float] = []
    with shelved.template() as template:
        while len(ratios) < _MOST:
            naive, optimized = (
                shelved.measure(lesson.variant(name), runs=runs, template=template) for name in _NAMES
            )
            ratios.append(optimized.median / naive.median)
            above = sum(ratio > bound for ratio in ratios)
            if len(ratios) >= _FEWEST and abs(above - len(ratios) / 2) > _SURE * sqrt(len(ratios)) / 2:
                break
    return median(ratios)


_NAMES = ("naive", "optimized")


def _rows(shelved: ShelvedLesson, reports: Sequence[Report]) -> list[int]:
    return [report.rows_fetched for report in reports]


def _memory(shelved: ShelvedLesson, reports: Sequence[Report]) -> list[int]:
    return [memory_of(shelved, shelved.lesson.variant(name)).peak for name in _NAMES]


def _fields(shelved: ShelvedLesson, reports: Sequence[Report]) -> list[int]:
    return [unread(fields_of(shelved, shelved.lesson.variant(name))) for name in _NAMES]


_AMOUNTS = {"rows": _rows, "memory": _memory, "fields": _fields}
