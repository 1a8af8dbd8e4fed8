"""All variants of a lesson in one picture, from the one that costs most to the one that costs least."""

from dataclasses import dataclass
from datetime import datetime

from lab.recording.report import Status
from lab.shelves import Shelf
from lessons.course.contract import Lesson, Variant
from lessons.measured.latest import age
from lessons.measured.scaling import QUICK
from lessons.measured.stairs import REPEATS, Measurement, latest_measurements
from lessons.pages.measured.bars import FIGURES, Bar, Figure, describe, make_bars
from lessons.pages.switches import (
    Choice,
    NotOffered,
    engine_choices,
    lesson_url,
    shelf_choices,
    variant_choices,
)
from lessons.words.figures import ms

_BY_SAVING = {"time": "time", "rows": "rows", "fields": "cells"}  # else queries
_FIGURES = {figure.name: figure for figure in FIGURES}


@dataclass(frozen=True, kw_only=True)
class Stair:
    """One variant: its bars, or how it ended instead."""

    variant: Variant
    url: str
    step: Measurement
    bars: tuple[Bar, ...]  # none where there is no result

    @property
    def expected_error(self):
        return self.step.status == Status.RAISED and self.step.error_type == self.variant.raises


@dataclass(frozen=True, kw_only=True)
class Staircase:
    """The part of the page that a switch swaps."""

    lesson: Lesson
    shelf: Shelf
    by: Figure  # the stairs go down by it
    asked_by: str  # as in the address; "" for the lesson's own
    stairs: tuple[Stair, ...]
    measured_at: datetime

    figures = FIGURES
    repeats = REPEATS
    quick_ms = ms(QUICK)

    @property
    def age(self):
        """Seconds since it was measured."""
        return age(self)

    @property
    def results(self):
        return [stair for stair in self.stairs if stair.step.is_result]

    @property
    def change(self):
        """A sentence about the first and the last stair, or "" where there are no two."""
        if len(self.results) < 2:
            return ""
        first, last = self.results[0], self.results[-1]
        return describe(self.by, (first.variant.title, first.step), (last.variant.title, last.step))

    @property
    def same_rows(self):
        return len({stair.step.digest for stair in self.results}) == 1

    @property
    def returned(self):
        """How many rows each returns, where they are the same."""
        return self.results[0].step.returned

    @property
    def has_recorded(self):
        """Whether a time is that of the one recorded run."""
        return any(not stair.step.repeats for stair in self.results)

    @property
    def engine_version(self):
        return self.shelf.engine.version()

    @property
    def variant_choices(self):
        return variant_choices(self.lesson, self.shelf, current="staircase")

    @property
    def shelf_choices(self):
        return shelf_choices(self.lesson, self.shelf, page="staircase", **self._query)

    @property
    def engine_choices(self):
        return engine_choices(self.lesson, self.shelf, page="staircase", **self._query)

    @property
    def by_choices(self):
        return [
            Choice(
                label=figure.name,
                url=lesson_url(self.lesson, "staircase", self.shelf, by=figure.name),
                current=figure == self.by,
                key=f"by-{figure.name}",
            )
            for figure in FIGURES
        ]

    @property
    def measure_url(self):
        return lesson_url(self.lesson, "staircase", self.shelf, **self._query, measure=1)

    @property
    def _query(self):
        return {"by": self.asked_by} if self.asked_by else {}


def make_staircase(lesson, shelf, *, by="", again=False):
    """Run all variants on the shelf, unless they lately were, and return the Staircase.

    by: the name of a figure, or "" for the one that the lesson is about; again: measure anew. Raises NotOffered.
    """
    figure = _figure(lesson, by)
    measured = latest_measurements(lesson, shelf, again=again)
    results = [step for step in measured.steps if step.is_result]
    stairs = [
        Stair(
            variant=variant,
            url=lesson_url(lesson, variant.name, shelf),
            step=step,
            bars=make_bars(step, results) if step.is_result else (),
        )
        for variant, step in zip(lesson.variants, measured.steps, strict=True)
    ]
    return Staircase(
        lesson=lesson,
        shelf=shelf,
        by=figure,
        asked_by=by,
        stairs=tuple(sorted(stairs, key=lambda stair: _height(stair, figure))),
        measured_at=measured.measured_at,
    )


def _figure(lesson, by):
    if by and by not in _FIGURES:
        raise NotOffered(f"There are no stairs by “{by}”. There are: {', '.join(_FIGURES)}.")
    saved = next((_BY_SAVING[kind] for kind in lesson.saves if kind in _BY_SAVING), "queries")
    return _FIGURES[by or saved]


def _height(stair, figure):
    """What to sort by: results from high to low, then what has no bars; of equal ones the optimized is last, and
    the others stay in the lesson's order.
    """
    return not stair.step.is_result, -figure.value(stair.step), stair.variant.name == "optimized"
