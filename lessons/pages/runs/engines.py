"""One variant on every engine, side by side."""

import re
from dataclasses import dataclass, replace

from lab.engines import Engine, all_engines
from lab.exceptions import EngineUnavailable, ShelfMissing, ShelfStale
from lab.recording.report import Status
from lessons.course.contract import Variant
from lessons.pages.base import PageOfAll
from lessons.pages.runs.lab import Lab, make_lab
from lessons.pages.switches import Choice
from lessons.runs.differing import shown_difference

_QUOTES = re.compile(r'[`"]')


@dataclass(frozen=True, kw_only=True)
class EngineRun:
    """What the variant did on one engine: a lab, or why there is none."""

    engine: Engine
    lab: Lab | None = None
    off: str | None = None

    @property
    def url(self):
        return self.lab.url() if self.lab else ""

    @property
    def ended(self):
        return self.lab is not None and self.lab.report.status == Status.OK


@dataclass(frozen=True, kw_only=True)
class EnginesPage(PageOfAll):
    variant: Variant
    runs: tuple[EngineRun, ...]
    difference: tuple[tuple[str, str], ...] = ()  # (engine, row) of the first row that differs

    heading = "On every engine"
    current = "engines"
    engine_choices = ()  # they are all here

    @property
    def ran(self):
        return tuple(each for run in self.runs if run.lab for each in run.lab.ran)

    @property
    def said(self):
        return {"variant": self.variant.name}

    @property
    def which_variant(self):
        return [
            Choice(
                label=variant.title,
                url=self.url(variant=variant.name),
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
        return [run.lab.report for run in self.runs if run.lab and run.ended]


def make_engines(shelved, variant, *, measure=False):
    runs = tuple(_run(shelved, variant, engine, measure) for engine in all_engines())
    sides = [
        (run.engine.label, (run.lab.shelved, variant), run.lab.report.digest)
        for run in runs
        if run.lab and run.ended
    ]
    return EnginesPage(shelved=shelved, variant=variant, runs=runs, difference=shown_difference(sides))


def _run(shelved, variant, engine, measure):
    there = replace(shelved, shelf=replace(shelved.shelf, engine_name=engine.name))
    try:
        engine.version()  # also where the lesson is not for it, and so asks nothing of it
        return EngineRun(engine=engine, lab=make_lab(there, variant, measure=measure))
    except (EngineUnavailable, ShelfMissing, ShelfStale) as error:
        return EngineRun(engine=engine, off=str(error))


def _statements(report):
    return tuple((_QUOTES.sub("", group.sql), group.count) for group in report.groups)
