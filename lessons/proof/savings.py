"""What the optimized form of a lesson saves, as optimized ÷ naive in one run."""

from math import sqrt
from statistics import median

from lab.shelves import READ
from lessons.measured.passes import fields_of, memory_of, unread
from lessons.runs.running import measure_variant, template_of

_FEWEST, _MOST = 11, 101  # pairs of timed runs
_SURE = 3  # standard deviations of a fair coin's tosses


def saving(kind, lesson, shelf, reports, bound):
    """Return optimized ÷ naive of a kind of saving, or None where naive has nothing to save.

    reports: those of naive and optimized, recorded on this shelf. bound: what the ratio of times is compared with.
    """
    if kind == "time":
        return _time_ratio(lesson, shelf, bound)
    naive, optimized = _AMOUNTS[kind](lesson, shelf, reports)
    return optimized / naive if naive else None


def _time_ratio(lesson, shelf, bound):
    """The median ratio of pairs run in turn, so that a slow moment meets both.

    A sign test says when there are enough: once so many of the pairs lie on one side of the bound that noise
    does not explain it.
    """
    runs = 1 if lesson.access == READ else 0  # a copy of the shelf costs more than the run, and is never warm
    ratios = []
    with template_of(lesson, shelf) as template:
        while len(ratios) < _MOST:
            naive, optimized = (
                measure_variant(lesson, lesson.variant(name), shelf, runs=runs, template=template)
                for name in _NAMES
            )
            ratios.append(optimized.median / naive.median)
            above = sum(ratio > bound for ratio in ratios)
            if len(ratios) >= _FEWEST and abs(above - len(ratios) / 2) > _SURE * sqrt(len(ratios)) / 2:
                break
    return median(ratios)


_NAMES = ("naive", "optimized")


def _rows(lesson, shelf, reports):
    return [report.rows_fetched for report in reports]


def _memory(lesson, shelf, reports):
    return [memory_of(lesson, lesson.variant(name), shelf).peak for name in _NAMES]


def _fields(lesson, shelf, reports):
    return [unread(fields_of(lesson, lesson.variant(name), shelf)) for name in _NAMES]


_AMOUNTS = {"rows": _rows, "memory": _memory, "fields": _fields}
