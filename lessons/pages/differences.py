"""Where engines differ, from what the lessons declare and `check_lessons` proves."""

from dataclasses import dataclass

import django

from lab.engines import NAMES, get_engine
from lessons.contract import SIZES, Environment, Lesson
from lessons.pages.switches import lesson_url
from lessons.verdicts import word_for


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One thing that is not the same on every engine."""

    what: str
    values: tuple[tuple[str, str], ...]  # (engine's label, what holds there)


@dataclass(frozen=True, kw_only=True)
class LessonDifferences:
    lesson: Lesson
    url: str
    rows: str | None  # why the rows differ, where they do
    differences: tuple[Difference, ...]


def list_differences(catalog):
    """Return LessonDifferences for each lesson that has any."""
    found = [differences_of(lesson) for lesson in catalog.lessons]
    return [each for each in found if each.rows or each.differences]


def differences_of(lesson):
    return LessonDifferences(
        lesson=lesson,
        url=lesson_url(lesson, "engines"),
        rows=lesson.differs,
        differences=(*_engines(lesson), *_counts(lesson), *_savings(lesson), *_claims(lesson)),
    )


def _engines(lesson):
    where = dict.fromkeys(lesson.engines, "yes")
    yield from _difference("runs here", lambda here: where.get(here.engine, "no"))


def _counts(lesson):
    for variant in lesson.variants:
        for books in SIZES:
            if books in variant.counts:
                declared = variant.counts[books]
                yield from _difference(
                    f"queries of {variant.title.lower()} at {books:,} books",
                    lambda here, declared=declared: f"{declared.value(here):,}",
                    lesson.engines,
                )


def _savings(lesson):
    for kind, bound in lesson.saves.items():
        if kind != "correctness":
            yield from _difference(
                f"{kind} of the optimized form ÷ naive, at the most",
                lambda here, bound=bound: f"{bound.value(here)}",
                lesson.engines,
            )


def _claims(lesson):
    for claim in lesson.claims:
        what = f"the claim “{claim.name.replace('_', ' ')}”"
        conditions = claim.expect if isinstance(claim.expect, dict) else {"": claim.expect}
        for condition, expected in conditions.items():
            yield from _difference(
                f"{what}, {condition}" if condition else what,
                lambda here, expected=expected: word_for(expected.value(here)),
                lesson.engines,
            )


def _difference(what, value, engines=NAMES):
    """Yield a Difference, if there is one."""
    version = django.get_version()
    values = [(get_engine(name).label, value(Environment(engine=name, django=version))) for name in engines]
    if len({said for _, said in values}) > 1:
        yield Difference(what=what, values=tuple(values))
