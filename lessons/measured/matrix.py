"""Races the variants of a lesson's isolation matrix at every isolation level of an engine."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from time import monotonic

from django.utils import timezone

from lab.exceptions import Busy
from lab.race import End, isolation_levels, isolation_settings
from lab.recording.report import Status
from lessons.measured.latest import forget, latest, peek
from lessons.runs.shelved import ShelvedLesson, race_shelf

LONG = 5  # seconds after which a reader is shown what there is, before another race is run
_OWN_WILL = {End.COMMITTED, End.ROLLED_BACK}


class Effect(StrEnum):
    PREVENTED = "prevented"  # the invariant is kept, and every session went its way
    OCCURS = "occurs"  # the invariant is broken
    ABORTS = "aborts"  # the invariant is kept, because the database made a session fail
    READS_ONLY = "for reads only"  # prevented in the form that reads, and not in the one that writes
    NONE = "no result"


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What became of one variant at one level."""

    effect: Effect
    ends: tuple[str, ...] = ()  # how the sessions ended that were made to: "deadlock"
    waited: tuple[str, ...] = ()  # the sessions that waited for a lock
    words: str = ""  # of the invariant; or why there is no result
    version: str  # of the server
    settings: tuple[tuple[str, str], ...]  # of the server, see isolation_settings()
    measured_at: datetime  # when the race ended


def latest_trials(lesson, engine_name, *, again=False):
    """Return {(level, variant's name): Cell} of an engine, run now or lately.

    A call runs races for some seconds, one at the least, and leaves the others to the next call. again: run all
    anew. Raises Busy while another reader's page takes long and there is nothing to show, and LabError or
    LessonError as ShelvedLesson.race().
    """
    keys = _keys(lesson, engine_name)
    if again:
        forget(keys.values())
    shelved = ShelvedLesson(lesson=lesson, shelf=race_shelf(engine_name))
    cells, started = kept_trials(lesson, engine_name), monotonic()
    for place in [place for place in keys if place not in cells]:
        try:
            cells[place] = latest(keys[place], partial(_run, shelved, *place))
        except Busy:
            if not cells:
                raise
            break  # what there is is worth showing; the next call runs the others
        if monotonic() - started > LONG:
            break
    return cells


def kept_trials(lesson, engine_name):
    """Return {(level, variant's name): Trial} of the races that were lately run."""
    keys = _keys(lesson, engine_name)
    found = peek(keys.values())
    return {place: found[key] for place, key in keys.items() if key in found}


def effect_of(outcome):
    """Return the Effect on a race's outcome, as RaceReport.outcome or lesson.toml have it."""
    if outcome["invariant"] == "broken":
        return Effect.OCCURS
    return Effect.ABORTS if _made_to_end(outcome) else Effect.PREVENTED


def effect_on_forms(effects):
    """Return the Effect on an anomaly. effects: on its form that reads, and on the one that writes, if any"""
    reads, *writes = effects
    if reads in {Effect.PREVENTED, Effect.ABORTS} and Effect.OCCURS in writes:
        return Effect.READS_ONLY
    return reads


def _keys(lesson, engine_name):
    """{(level, variant's name): key}, in the order in which they are run"""
    return {
        (level, name): "/".join(["matrix", lesson.path, engine_name, level.replace(" ", "-"), name])
        for level in isolation_levels(engine_name)
        for forms in lesson.matrix
        for name in forms
    }


def _run(shelved, level, name):
    """Race a variant. Its first declared race has the schedule that tells the levels apart."""
    lesson, shelf = shelved.lesson, shelved.shelf
    variant = lesson.variant(name)
    report = shelved.race(variant, variant.races[0].schedule, isolation=level)
    version, settings = shelf.engine.version(), tuple(sorted(isolation_settings(shelf).items()))
    if report.status != Status.OK:
        return Trial(
            effect=Effect.NONE,
            words=report.error or "",
            version=version,
            settings=settings,
            measured_at=timezone.now(),
        )
    waited = {step.session for turn in report.turns for step in turn.steps if step.waited}
    return Trial(
        effect=effect_of(report.outcome),
        ends=_made_to_end(report.outcome),
        waited=tuple(name for name in lesson.sessions if name in waited),
        words=report.words,
        version=version,
        settings=settings,
        measured_at=timezone.now(),
    )


def _made_to_end(outcome):
    """How those sessions ended that neither committed nor rolled back by themselves."""
    ends = {end for name, end in outcome.items() if name != "invariant"}
    return tuple(sorted(ends - _OWN_WILL))
