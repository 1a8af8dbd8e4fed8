"""A lesson on a shelf: whatever of a lesson runs, runs through this."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from inspect import signature
from pathlib import Path
from typing import Any

import django

from lab.apart.client import apart
from lab.engines import get_engine
from lab.engines.base import Copy
from lab.exceptions import NoAccesses, NoStatement
from lab.race import Orders, RaceReport, run_orders, run_race
from lab.recording.bounds import Bounds
from lab.recording.cascade import CascadeNode, cascades
from lab.recording.places import StackPlaces
from lab.recording.report import Group, Report, Status, Wall
from lab.running import runner
from lab.running.accesses import Access, list_accesses
from lab.running.closed import closed
from lab.running.explaining import Explanation, explain
from lab.shelves import Shelf
from lessons.course.contract import Claim, Environment, Lesson, Variant
from lessons.runs.apart import lesson_in, reporting
from lessons.runs.claims import race
from lessons.runs.code import Modules, load_function, load_modules, load_rules, models_of, setup_of
from lessons.runs.kept import where_to_run
from lessons.runs.loaders import templates_of

_RACE_BOOKS = 10  # on the shelf that races are run on: they are about a few rows
_LONG = 120  # seconds that repeats may take


@dataclass(frozen=True, kw_only=True)
class ShelvedLesson:
    """What runs something raises LabError where it cannot run, and LessonError where a file is not as it must be.

    A report of a variant that is not for this engine, or this Django, has the status UNAVAILABLE and says why.
    """

    lesson: Lesson
    shelf: Shelf
    keywords: tuple[tuple[str, int], ...] = ()  # that run() gets; none: it has its defaults

    def __reduce__(self) -> Any:
        """As another process finds it."""
        return _find, (self.lesson.folder, self.shelf, self.keywords)

    def with_books(self, books: int) -> "ShelvedLesson":
        """The lesson on another shelf of the engine."""
        return replace(self, shelf=replace(self.shelf, books=books))

    def with_keywords(self, **keywords: int) -> "ShelvedLesson":
        return replace(self, keywords=tuple(keywords.items()))

    @property
    def environment(self) -> Environment:
        return environment_of(self.shelf)

    def needs_engine(self) -> str | None:
        """Return why the lesson is not for the shelf's engine, or None."""
        if self.shelf.engine_name in self.lesson.engines:
            return None
        engines = " and ".join(get_engine(name).label for name in self.lesson.engines)
        return f"is not for {self.shelf.engine.label}; it is for {engines}"

    def unavailable(self, variant: Variant) -> str | None:
        """Return why the variant cannot run on this shelf, or None."""
        reason = self.needs_engine() or variant.needs(self.environment)
        return reason and f"{variant.title} {reason}."

    @reporting(Report)
    def record(self, variant: Variant, **options: Any) -> Report:
        """Return the Report of one recorded run. options: bounds, keep, template, as in runner.record()"""
        if reason := self.unavailable(variant):
            return Report(status=Status.UNAVAILABLE, error=reason)
        ordered = self.lesson.ordered
        return self.run(runner.record, variant, places=self._places, ordered=ordered, **options)

    @apart(_LONG)
    def measure(self, variant: Variant, *, runs: int = 5, template: Copy | None = None) -> Wall:
        """Return the Wall of unrecorded repeats. template: what template() gives, for many calls"""
        return self.run(runner.measure, variant, runs=runs, template=template)

    @apart()
    def explain(self, variant: Variant, n: int) -> Explanation:
        """Return the Explanation of statement n of a run made again. Raises NoStatement."""
        if reason := self.unavailable(variant):
            raise NoStatement(reason)
        return self.run(explain, variant, n=n, places=self._places)

    @apart()
    def accesses(self, variant: Variant, *, bounds: Bounds | None = None) -> tuple[Access, ...]:
        """Return the Accesses of a run made again. Raises NoAccesses."""
        if reason := self.unavailable(variant):
            raise NoAccesses(reason)
        return self.run(list_accesses, variant, places=self._places, bounds=bounds)

    def run(self, how: Callable, variant: Variant, *, template: Copy | None = None, **options: Any) -> Any:
        """Return what `how(run, **options)` makes of the variant's run(); options: with those of Shelf.open()."""
        with self._own() as modules, where_to_run(self.lesson, self.shelf, template) as where:
            run = partial(load_function(self.lesson, variant.path, "run", modules), **dict(self.keywords))
            return how(run, **where, **options)

    @contextmanager
    def template(self) -> Iterator[Copy | None]:
        """A copy of the shelf on which the lesson's setup has run; None where it has none."""
        with ExitStack() as stack:
            with self._own():
                made = self.shelf.copy(prepare=self.prepare) if self.prepare else nullcontext()
                template = stack.enter_context(made)
            yield template

    @property
    def prepare(self) -> Callable[[], None] | None:
        """What makes the lesson's private copy ready, or None."""
        setup = setup_of(self.lesson)
        return setup.prepare if setup else None

    @apart()
    def cascades(self, groups: Sequence[Group]) -> tuple[CascadeNode, ...]:
        """What deletions set off among the Groups of a run, as lab.recording.cascade tells it."""
        return cascades(groups, models_of(self.lesson))

    # Claims.

    @reporting(Report)
    def examine(self, claim: Claim, *, bounds: Bounds | None = None) -> Report:
        """Return the Report of the claim's run; its `result` is the verdict.

        The function takes `log`, the live recording of its own run; or `race`, with which it runs the lesson's
        sessions: race(variant, schedule, isolation=None) takes a variant's name and a schedule as in lesson.toml,
        and returns a RaceReport. An isolation level that other engines alone have is left out.
        """
        if reason := self.needs_engine():
            return Report(status=Status.UNAVAILABLE, error=f"The lesson {reason}.")
        with self._own() as modules:
            function = load_function(self.lesson, self.lesson.folder / "claims.py", claim.name, modules)
            if "race" in signature(function).parameters:
                return Report(status=Status.OK, result=function(partial(race, self, bounds)))
            with where_to_run(self.lesson, self.shelf) as where:
                return runner.examine(function, places=self._places, bounds=bounds, **where)

    # Variants whose sessions race.

    @reporting(RaceReport)
    def race(self, variant: Variant, schedule: Sequence[str], **options: Any) -> RaceReport:
        """Return the RaceReport of a variant's sessions. schedule and options: as in lab.race.run_race(), template
        what race_template() gives, for many races of one lesson
        """
        if reason := self.unavailable(variant):
            return RaceReport(status=Status.UNAVAILABLE, error=reason)
        with self._own() as modules:
            rules, own = load_rules(self.lesson, variant, modules), {"databases": self.lesson.databases}
            where = {"shelf": self.shelf, "places": self._places, "prepare": self.prepare, **own}
            return run_race(rules, schedule, **where, **options)

    @contextmanager
    def race_template(self, variant: Variant) -> Iterator[Copy | None]:
        """As template(); None where the variant cannot run."""
        with nullcontext() if self.unavailable(variant) else self.template() as template:
            yield template

    def race_in_all_orders(self, variant: Variant, *, isolation: str | None = None, **limits: Any) -> Orders:
        """Return the Orders of a variant's sessions. limits: most and seconds, as in lab.race.run_orders()"""
        with self.race_template(variant) as template:

            def run(schedule):
                return self.race(variant, schedule, isolation=isolation, template=template)

            return run_orders(run, **limits)

    @contextmanager
    def _own(self) -> Iterator[Modules]:
        """What a run has for itself: the process, the lesson's modules and its templates."""
        with closed():
            modules = load_modules(self.lesson)
            with templates_of(self.lesson, modules):
                yield modules

    @property
    def _places(self):
        return StackPlaces(self.lesson.folder)


def _find(folder: Path, shelf: Shelf, keywords: tuple[tuple[str, int], ...]) -> ShelvedLesson:
    return ShelvedLesson(lesson=lesson_in(folder), shelf=shelf, keywords=keywords)


def environment_of(shelf: Shelf) -> Environment:
    """What declarations depend on, on this shelf."""
    return Environment(engine=shelf.engine_name, django=django.get_version())


def race_shelf(engine_name: str) -> Shelf:
    return Shelf(books=_RACE_BOOKS, engine_name=engine_name)
