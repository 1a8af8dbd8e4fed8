"""The runs that a page was made of, as an operator sees them: one line of the log each."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import Any, Protocol, TypeVar

from django.utils import timezone

from lab.race import RaceReport
from lab.recording.report import Report, Status
from lab.shelves import Shelf
from lessons.course.contract import Lesson
from lessons.events import making, tell


@dataclass(frozen=True, kw_only=True)
class Run:
    what: str  # the variant's name, or a claim's
    shelf: Shelf
    report: Report | RaceReport

    @property
    def queries(self) -> int:
        if isinstance(self.report, Report):
            return self.report.queries
        return sum(step.kind != "transaction" for turn in self.report.turns for step in turn.steps)

    @property
    def seconds(self) -> float | None:
        """Of the run itself; None where nobody timed it."""
        return getattr(self.report, "wall_ns", 0) / 1e9 or None


class Page(Protocol):
    """It may have `ran`, the Runs that it was just made of, or `measured_at`, if it keeps what was measured."""

    @property
    def lesson(self) -> Lesson: ...

    @property
    def shelf(self) -> Shelf: ...


Made = TypeVar("Made", bound=Page)


def told(make: Callable[[], Made], *, name: str) -> Made:
    """Return the page that make() makes, and tell of each run that this took. name: of the page's view"""
    asked_at, started = timezone.now(), perf_counter()
    with making():
        page = make()
    seconds = perf_counter() - started
    for run in getattr(page, "ran", ()):
        _tell(page, name, run, seconds)
    measured_at = getattr(page, "measured_at", None)
    if measured_at is not None and measured_at >= asked_at:  # otherwise it was kept, and nothing ran
        tell("run", **_where(page, name, page.shelf), ms=_ms(seconds), ended=Status.OK.value)
    return page


def _tell(page: Page, name: str, run: Run, seconds: float) -> None:
    """seconds: that the whole page took, where nobody timed the run"""
    report = run.report
    facts: dict[str, Any] = {
        **_where(page, name, run.shelf),
        "variant": run.what,
        "queries": run.queries,
        "ms": _ms(run.seconds or seconds),
        "ended": report.status.value,
    }
    if report.status == Status.STOPPED:
        tell("bound", logging.WARNING, **facts, why=report.error)
    else:
        tell("run", **facts, error=getattr(report, "error_type", None))


def _where(page: Page, name: str, shelf: Shelf) -> dict[str, Any]:
    return {"page": name, "lesson": page.lesson.path, "engine": shelf.engine_name, "books": shelf.books}


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)
