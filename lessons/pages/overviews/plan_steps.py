"""Every step that the plans of the course have, by engine."""

from dataclasses import dataclass

from lab.engines import get_engine
from lab.shelves import Shelf
from lessons.course.contract import Lesson
from lessons.pages.addresses import Addresses
from lessons.vocabulary.plan_steps import KnownStep, get_made_on, get_plan_steps

_SHOWN = 4  # plans of a step that are not folded away


@dataclass(frozen=True, kw_only=True)
class Sight:
    """A plan in which a step is to be seen."""

    lesson: Lesson
    url: str


@dataclass(frozen=True, kw_only=True)
class StepEntry:
    step: KnownStep
    sights: tuple[Sight, ...]

    @property
    def first(self):
        return self.sights[:_SHOWN]

    @property
    def rest(self):
        return self.sights[_SHOWN:]


@dataclass(frozen=True, kw_only=True)
class StepsOfEngine:
    name: str
    label: str
    made_on: str  # the version that they were seen on
    entries: tuple[StepEntry, ...]


def list_plan_steps(catalog):
    """Return StepsOfEngine of each engine. A plan of a lesson that is no more has no link."""
    lessons = {lesson.path: lesson for lesson in catalog.lessons}
    return [
        StepsOfEngine(
            name=name,
            label=get_engine(name).label,
            made_on=get_made_on()[name],
            entries=tuple(StepEntry(step=step, sights=tuple(_sights(lessons, step))) for step in steps),
        )
        for name, steps in get_plan_steps().items()
    ]


def _sights(lessons, step):
    for place in step.seen:
        lesson = lessons.get(place.lesson)
        names = {each.name: each for each in lesson.variants} if lesson else {}
        if place.variant in names:
            shelf = Shelf(books=place.books, engine_name=step.engine)
            yield Sight(lesson=lesson, url=Addresses(lesson).plan(names[place.variant], place.n, shelf))
