"""All variants of a lesson in one picture, from the one that costs most to the one that costs least."""

from dataclasses import dataclass
from datetime import datetime

from lab.recording.report import Status
from lessons.course.contract import Variant
from lessons.measured.scaling import QUICK
from lessons.measured.stairs import REPEATS, Measurement, latest_measurements
from lessons.pages.addresses import Addresses
from lessons.pages.base import Measured, PageOfAll
from lessons.pages.errors.faults import WrongValue, nearest_name, shown
from lessons.pages.measured.bars import FIGURES, Bar, Figure, describe, make_bars
from lessons.pages.switches import Choice
from lessons.words.figures import ms

_BY_SAVING = {"time": "time", "rows": "rows", "fields": "cells"}  # else queries
_FIGURES = {figure.name: figure for figure in FIGURES}


@dataclass(frozen=True, kw_only=True)
class Stair:
    """One variant: its bars, or how it ended instead."""

    variant: Variant
    url: str
    measured: Measurement
    bars: tuple[Bar, ...]  # none where there is no result
    expected_error: bool  # whether it ended in the error that is declared


@dataclass(frozen=True, kw_only=True)
class Staircase(Measured, PageOfAll):
    """The part of the page that a switch swaps."""

    by: Figure  # the stairs go down by it
    asked_by: str  # as in the address; "" for the lesson's own
    stairs: tuple[Stair, ...]
    measured_at: datetime
    difference: tuple[tuple[str, str], ...] = ()  # (variant, row) of the first row that differs

    current = "staircase"
    figures = FIGURES
    repeats = REPEATS
    quick_ms = ms(QUICK)

    @property
    def gain_url(self):
        """Where memory and unread cells are measured, which have no stairs."""
        asks = self.lesson.guess.asks
        return self.addresses.page("gain", self.shelf) if asks in ("memory", "fields") else ""

    @property
    def said(self):
        return {"by": self.asked_by} if self.asked_by else {}

    @property
    def results(self):
        return [stair for stair in self.stairs if stair.measured.is_result]

    @property
    def change(self):
        """A sentence about the first and the last stair, or "" where there are no two."""
        if len(self.results) < 2:
            return ""
        first, last = self.results[0], self.results[-1]
        return describe(self.by, (first.variant.title, first.measured), (last.variant.title, last.measured))

    @property
    def same_rows(self):
        return len({stair.measured.digest for stair in self.results}) == 1

    @property
    def returned(self):
        """How many rows each returns, where they are the same."""
        return self.results[0].measured.returned

    @property
    def has_recorded(self):
        """Whether a time is that of the one recorded run."""
        return any(not stair.measured.repeats for stair in self.results)

    @property
    def by_choices(self):
        return [
            Choice(
                label=figure.name,
                url=self.url(by=figure.name),
                current=figure == self.by,
                key=f"by-{figure.name}",
            )
            for figure in FIGURES
        ]


def make_staircase(shelved, *, by="", again=False):
    """Run all variants on the shelf, unless they lately were, and return the Staircase.

    by: the name of a figure, or "" for the one that the lesson is about; again: measure anew
    """
    lesson, addresses = shelved.lesson, Addresses(shelved.lesson)
    figure = _figure(lesson, by)
    latest = latest_measurements(shelved, again=again)
    results = [measured for measured in latest.variants if measured.is_result]
    stairs = [
        Stair(
            variant=variant,
            url=addresses.variant(variant, shelved.shelf),
            measured=measured,
            bars=make_bars(measured, results) if measured.is_result else (),
            expected_error=measured.status == Status.RAISED
            and measured.error_type == variant.raises.value(shelved.environment),
        )
        for variant, measured in zip(lesson.variants, latest.variants, strict=True)
    ]
    return Staircase(
        shelved=shelved,
        by=figure,
        asked_by=by,
        stairs=tuple(sorted(stairs, key=lambda stair: _height(stair, figure))),
        measured_at=latest.measured_at,
        difference=latest.difference,
    )


def figure_from(request):
    """Return the name of the figure that the address asks for, "" for the lesson's own. Raises WrongValue."""
    by = request.GET.get("by", "")
    if by and by not in _FIGURES:
        raise WrongValue(
            f"There are no stairs by “{shown(by)}”. There are: {', '.join(_FIGURES)}.",
            by=nearest_name(by, [*_FIGURES]),
        )
    return by


def _figure(lesson, by):
    saved = next((_BY_SAVING[kind] for kind in lesson.saves if kind in _BY_SAVING), "queries")
    return _FIGURES[by or saved]


def _height(stair, figure):
    """What to sort by: results from high to low, then what has no bars; of equal ones the optimized is last, and
    the others stay in the lesson's order.
    """
    return not stair.measured.is_result, -figure.value(stair.measured), stair.variant.name == "optimized"
