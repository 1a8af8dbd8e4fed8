"""One variant on every engine, side by side."""

import re
from dataclasses import dataclass

from lab.engines import Engine, all_engines
from lab.exceptions import EngineUnavailable, ShelfMissing, ShelfStale
from lab.recording.report import Status
from lab.shelves import Shelf
from lessons.course.contract import Lesson, Variant
from lessons.pages.runs.lab import Lab, make_lab
from lessons.pages.switches import Choice, lesson_url, shelf_choices, variant_choices

_QUOTES = re.compile(r'[`"]')


@dataclass(frozen=True, kw_only=True)
class EngineRun:
    """What the variant did on one engine: a lab, or why there is none."""

    engine: Engine
    lab: Lab | None = None
    off: str | None = None
    url: str = ""

    @property
    def ended(self):
        return self.lab is not None and self.lab.report.status == Status.OK


@dataclass(frozen=True, kw_only=True)
class Engines:
    lesson: Lesson
    variant: Variant
    shelf: Shelf
    runs: tuple[EngineRun, ...]

    @property
    def variant_choices(self):
        return variant_choices(self.lesson, self.shelf, current="engines")

    @property
    def shelf_choices(self):
        return shelf_choices(self.lesson, self.shelf, page="engines", variant=self.variant.name)

    @property
    def measure_url(self):
        return lesson_url(self.lesson, "engines", self.shelf, variant=self.variant.name, measure=1)

    @property
    def which_variant(self):
        return [
            Choice(
                label=variant.title,
                url=lesson_url(self.lesson, "engines", self.shelf, variant=variant.name),
                current=variant == self.variant,
                key=f"on-every-engine-{variant.name}",
            )
            for variant in self.lesson.variants
        ]

    @property
    def can_be_compared(self):
        return len(self._reports) > 1

    @property
    def same_rows(self):
        return len({report.digest for report in self._reports}) == 1

    @property
    def same_sql(self):
        """Whether the engines got the same statements but for how names are quoted."""
        return len({_statements(report) for report in self._reports}) == 1

    @property
    def _reports(self):
        return [run.lab.report for run in self.runs if run.ended]


def make_engines(lesson, variant, shelf, *, measure=False):
    return Engines(
        lesson=lesson,
        variant=variant,
        shelf=shelf,
        runs=tuple(_run(lesson, variant, shelf.books, engine, measure) for engine in all_engines()),
    )


def _run(lesson, variant, books, engine, measure):
    shelf = Shelf(books=books, engine_name=engine.name)
    try:
        engine.version()  # also where the lesson is not for it, and so asks nothing of it
        lab = make_lab(lesson, variant, shelf, measure=measure)
    except (EngineUnavailable, ShelfMissing, ShelfStale) as error:
        return EngineRun(engine=engine, off=str(error))
    return EngineRun(engine=engine, lab=lab, url=lesson_url(lesson, variant.name, shelf))


def _statements(report):
    return tuple((_QUOTES.sub("", group.sql), group.count) for group in report.groups)
