"""What the address of a race says, and the addresses of others like it."""

from dataclasses import dataclass, replace

from lab.race import WAIT, isolation_levels
from lab.shelves import Shelf
from lessons.course.checks.races import MOST_TURNS
from lessons.course.contract import Lesson
from lessons.pages.asked import engine_from
from lessons.pages.errors.faults import WrongValue, nearest_name, shown
from lessons.runs.shelved import ShelvedLesson, race_shelf


@dataclass(frozen=True, kw_only=True)
class RaceAddress:
    """schedule and isolation are None, and look is "", where the address does not say them."""

    lesson: Lesson
    shelf: Shelf
    schedule: tuple[str, ...] | None = None
    isolation: str | None = None
    look: str = ""

    def story(self, variant):
        """The declared Race that is shown where no schedule is asked for: of this engine, if there is one."""
        here = (race for race in variant.races if self.shelf.engine_name in race.outcome)
        return next(here, variant.races[0])

    def schedule_of(self, variant):
        return self.story(variant).schedule if self.schedule is None else self.schedule

    def isolation_of(self, variant):
        """The level that the race runs at."""
        levels = isolation_levels(self.shelf.engine_name)
        told = self.story(variant).isolation if self.schedule is None else None
        return self.isolation or (told if told in levels else levels[0])

    def played(self, variant):
        """The same race, with the schedule and the level of its story said."""
        level, levels = self.isolation_of(variant), isolation_levels(self.shelf.engine_name)
        isolation = None if level == levels[0] else level
        return replace(self, schedule=self.schedule_of(variant), isolation=isolation)

    def on(self, engine_name):
        """The same on another engine, as far as it has the level."""
        isolation = self.isolation if self.isolation in isolation_levels(engine_name) else None
        return replace(self, shelf=race_shelf(engine_name), isolation=isolation)

    @property
    def shelved(self):
        return ShelvedLesson(lesson=self.lesson, shelf=self.shelf)

    def url(self, there, *, also=None, **changes):
        """The address of a page of the lesson that says the same, but for `changes` to fields of this one.

        there: as LessonPage.there()
        also: what else its query says, as a dict
        """
        asked = replace(self, **changes)
        query = {"isolation": asked.isolation, "look": asked.look}
        said = {key: value for key, value in query.items() if value}
        if asked.schedule is not None:
            said["schedule"] = " ".join(asked.schedule)
        return there(asked.shelf, **(also or {}), **said)


def address_from(request, lesson):
    """Read the address. Raises WrongValue for what there is not."""
    said = {key: request.GET.get(key) for key in ("schedule", "isolation", "look")}
    return race_address(lesson, engine_from(request, lesson).name, **said)


def race_address(lesson, engine_name, *, schedule=None, isolation=None, look=None):
    """The RaceAddress that texts say, None for what is not said. Raises WrongValue."""
    shelf = race_shelf(engine_name)
    return RaceAddress(
        lesson=lesson,
        shelf=shelf,
        schedule=_schedule(schedule, lesson),
        isolation=_isolation(isolation, shelf),
        look=_look(look or "", lesson),
    )


def _schedule(text, lesson):
    if text is None:
        return None
    names = tuple(text.split())
    if strangers := set(names) - {*lesson.sessions, WAIT}:
        raise WrongValue(
            f"“{shown(min(strangers))}” is in the order of turns and is no session. {_sessions(lesson)}",
            schedule=" ".join(nearest_name(name, [*lesson.sessions, WAIT]) for name in names[:MOST_TURNS]),
        )
    if len(names) > MOST_TURNS:
        raise WrongValue(
            f"That is an order of {len(names):,} turns. Ask for {MOST_TURNS} at the most.",
            schedule=" ".join(names[:MOST_TURNS]),
        )
    return names


def _isolation(level, shelf):
    levels = isolation_levels(shelf.engine_name)
    if level and level not in levels:
        raise WrongValue(
            f"{shelf.engine.label} has no isolation level “{shown(level)}”. It has: {', '.join(levels)}.",
            isolation=nearest_name(level, levels),
        )
    return level or None


def _look(name, lesson):
    if name and name not in lesson.sessions:
        raise WrongValue(
            f"“{shown(name)}” is no session that could look. {_sessions(lesson)}",
            look=nearest_name(name, lesson.sessions),
        )
    return name


def _sessions(lesson):
    return f"There are: {', '.join(lesson.sessions)}."
