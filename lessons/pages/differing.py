"""Where engines and Django versions differ, from what the lessons declare and `check_lessons` proves."""

from dataclasses import dataclass

from lab.engines import NAMES, get_engine
from lessons.course.contract import DJANGO, SIZES, Environment, Lesson
from lessons.pages.addresses import Addresses
from lessons.runs.verdicts import statements, word_for


@dataclass(frozen=True, kw_only=True)
class Values:
    """What holds under one version of Django, or under all of them."""

    django: str  # "Django 5.2"; "" where the version makes no difference
    values: tuple[tuple[str, str], ...]  # (engine's label, what holds there); the label is "" where all are alike


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One thing that is not the same everywhere."""

    what: str
    lines: tuple[Values, ...]


@dataclass(frozen=True, kw_only=True)
class LessonDifferences:
    lesson: Lesson
    url: str
    rows: str | None  # why the rows differ, where they do
    differences: tuple[Difference, ...]


def differences_of(lesson):
    return LessonDifferences(
        lesson=lesson,
        url=Addresses(lesson).across_engines(),
        rows=lesson.differs,
        differences=(
            *_engines(lesson),
            *_variants(lesson),
            *_counts(lesson),
            *_races(lesson),
            *_savings(lesson),
            *_claims(lesson),
        ),
    )


def _engines(lesson):
    yield from _difference("runs here", lambda here: "yes" if here.engine in lesson.engines else "no")


def _variants(lesson):
    for variant in lesson.variants:
        yield from _difference(
            f"{variant.title} runs here",
            lambda here, variant=variant: "no" if variant.needs(here) else "yes",
            lesson.engines,
        )
        yield from _difference(
            f"the error of {variant.called}",
            lambda here, variant=variant: variant.raises.value(here) or "none",
            lesson.engines,
        )


def _counts(lesson):
    for variant in lesson.variants:
        for books in SIZES:
            if books in variant.counts:
                declared = variant.counts[books]
                yield from _difference(
                    f"queries of {variant.called} at {books:,} books",
                    lambda here, declared=declared: f"{declared.value(here):,}",
                    lesson.engines,
                )


def _races(lesson):
    for variant in lesson.variants:
        for race in variant.races:
            yield from _difference(
                f"the race “{race.title}” of {variant.called}",
                lambda here, outcome=race.outcome: _told(outcome[here.engine], outcome.values()),
                [engine for engine in lesson.engines if engine in race.outcome],
            )


def _told(outcome, all_outcomes):
    """The invariant, after the ends of those sessions that do not end alike everywhere."""
    unlike = [name for name in outcome if len({each[name] for each in all_outcomes}) > 1 and name != "invariant"]
    ends = ", ".join(f"{name} {outcome[name]}" for name in unlike)
    return f"{ends}: {outcome['invariant']}" if ends else outcome["invariant"]


def _savings(lesson):
    for kind, bound in lesson.saves.items():
        if kind != "correctness":
            yield from _difference(
                f"{kind} of the optimized form ÷ naive, at the most",
                lambda here, bound=bound: f"{bound.value(here)}",
                lesson.engines,
            )


def _claims(lesson):
    said = statements(lesson)
    for claim in lesson.claims:
        what = f"the claim “{said[claim.name].removesuffix('.')}”"
        conditions = claim.expect if isinstance(claim.expect, dict) else {"": claim.expect}
        for condition, expected in conditions.items():
            yield from _difference(
                f"{what}, {condition}" if condition else what,
                lambda here, expected=expected: word_for(expected.value(here)),
                lesson.engines,
            )


def _difference(what, value, engines=NAMES):
    """Yield a Difference, if there is one."""
    grid = {django: [value(Environment(engine=engine, django=django)) for engine in engines] for django in DJANGO}
    if len({said for row in grid.values() for said in row}) > 1:
        labels = [get_engine(name).label for name in engines]
        yield Difference(what=what, lines=tuple(_lines(grid, labels)))


def _lines(grid, labels):
    """Say as little as tells the difference: one line where versions agree, one value where engines do."""
    rows = list(grid.items())
    if all(row == rows[0][1] for _, row in rows):
        rows = [("", rows[0][1])]
    for django, row in rows:
        alike = len(set(row)) == 1
        values = (("", row[0]),) if alike else tuple(zip(labels, row, strict=True))
        yield Values(django=f"Django {django}" if django else "", values=values)
