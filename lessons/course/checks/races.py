"""Checks of a lesson whose variants are sessions: they, their races and race.py belong together."""

from collections.abc import Iterator
from typing import NoReturn

from lab.race import WAIT, isolation_levels
from lessons.course.contract import Lesson, LessonError, Race

MOST_TURNS = 60  # of a schedule


def check_races(lesson: Lesson) -> None:
    """Raise LessonError for what is missing, too much, or cannot be."""
    _check_matrix(lesson)
    _check_sessions(lesson)
    if lesson.saves_at:
        remedy = "Take `books` out of [saves]: races have a shelf of their own."
        raise LessonError(lesson.path, "names a shelf in [saves], and races.", remedy)
    for variant in lesson.variants:
        if variant.counts:
            remedy = f"Take [variants.{variant.name}.queries] out: they differ from order to order."
            raise LessonError(lesson.path, f"declares queries of {variant.name}, which races.", remedy)
        for race in variant.races:
            _check_race(lesson, f"the race “{race.title}” of {variant.name}", race)


def unrecorded_outcomes(lesson: Lesson) -> Iterator[str]:
    for variant in lesson.variants:
        for race in variant.races:
            what = f"the race “{race.title}” of {variant.name}"
            if not race.outcome:
                yield f"the outcome of {what}"
            for engine, ends in race.outcome.items():
                if missing := {*lesson.sessions, "invariant"} - set(ends):
                    yield f"{min(missing)} of {what} on {engine}"


def _check_sessions(lesson: Lesson) -> None:
    if not 2 <= len(set(lesson.sessions)) == len(lesson.sessions) <= 4:
        names = ", ".join(lesson.sessions)
        raise LessonError(lesson.path, f"has the sessions {names}.", "Give two to four different names.")
    if WAIT in lesson.sessions:
        raise LessonError(lesson.path, f"has a session {WAIT}, as schedules say that time passes.", "Rename it.")
    if not (lesson.folder / "race.py").exists():
        remedy = "Write watch() there, which returns the rows at stake, and invariant()."
        raise LessonError(lesson.path, "has sessions and no race.py.", remedy)
    for variant in lesson.variants:
        if not variant.races:
            remedy = f"Add [[variants.{variant.name}.races]] with a title and a schedule."
            raise LessonError(lesson.path, f"declares no race of {variant.name}.", remedy)


def _check_matrix(lesson: Lesson) -> None:
    names = [name for forms in lesson.matrix for name in forms]
    if unknown := set(names) - {variant.name for variant in lesson.variants}:
        raise LessonError(lesson.path, f"has {min(unknown)} in `matrix`, which is no variant.", "Name a variant.")
    if twice := {name for name in names if names.count(name) > 1}:
        raise LessonError(lesson.path, f"has {min(twice)} in `matrix` twice.", "Name each variant once.")
    if many := next((forms for forms in lesson.matrix if len(forms) > 2), None):
        remedy = "Give it one form, or one that reads and one that writes."
        raise LessonError(
            lesson.path, f"has {'/'.join(many)} in `matrix`, an anomaly of {len(many)} forms.", remedy
        )


def _check_race(lesson: Lesson, where: str, race: Race) -> None:
    def fail(fault: str, remedy: str) -> NoReturn:
        raise LessonError(lesson.path, f"{where} {fault}", remedy)

    if not 1 <= len(race.schedule) <= MOST_TURNS:
        fail(f"has {len(race.schedule)} turns.", f"Give it from 1 to {MOST_TURNS}.")
    if strangers := set(race.schedule) - {*lesson.sessions, WAIT}:
        names = ", ".join(lesson.sessions)
        fail(f"gives a turn to {min(strangers)}.", f"Name one of its sessions: {names}; or {WAIT}.")
    for engine, ends in race.outcome.items():
        if race.isolation and race.isolation not in isolation_levels(engine):
            levels = ", ".join(isolation_levels(engine))
            fail(f"has isolation = {race.isolation!r}, which {engine} does not offer.", f"It offers: {levels}.")
        if unknown := set(ends) - {*lesson.sessions, "invariant"}:
            fail(f"declares {min(unknown)} on {engine}.", "Take it out, or add it to `sessions`.")
