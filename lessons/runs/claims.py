"""Puts a lesson's claims to the test."""

from inspect import signature

from lab.engines import NAMES
from lab.race import isolation_levels
from lab.recording.report import Report, Status
from lab.running import runner
from lessons.runs.loaders import templates_of
from lessons.runs.racing import race_variant
from lessons.runs.running import load_function, needs_engine, where_of


def examine_claim(lesson, claim, shelf, *, bounds=None):
    """Return the Report of the claim's run; its `result` is the verdict.

    The function takes `log`, the live recording of its own run; or `race`, with which it runs the lesson's
    sessions: race(variant, schedule, isolation=None) takes a variant's name and a schedule as in lesson.toml, and
    returns a RaceReport. An isolation level that other engines alone have is left out.
    """
    if reason := needs_engine(lesson, shelf):
        return Report(status=Status.UNAVAILABLE, error=f"The lesson {reason}.")
    function = load_function(lesson, lesson.folder / "claims.py", claim.name)
    if "race" in signature(function).parameters:
        return Report(status=Status.OK, result=function(_racing(lesson, shelf, bounds)))
    with templates_of(lesson):
        return runner.examine(function, shelf=shelf, bounds=bounds, **where_of(lesson))


def _racing(lesson, shelf, bounds):
    here = isolation_levels(shelf.engine_name)
    elsewhere = {level for name in NAMES for level in isolation_levels(name) if level not in here}

    def race(name, schedule, isolation=None):
        variant, level = lesson.variant(name), None if isolation in elsewhere else isolation
        return race_variant(lesson, variant, shelf, schedule.split(), isolation=level, bounds=bounds)

    return race
