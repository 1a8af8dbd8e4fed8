"""Random runs, one after another in one process: of any lesson, variant, engine and shelf. None leaves a trace.

SOAK_RUNS says how many; `make soak` takes 10,000. SOAK_SEED makes the same ones again, and SOAK_RUN that one alone.
"""

import os
import threading
import time
from contextlib import suppress
from pathlib import Path
from random import Random
from statistics import median

import pytest

from lab.engines import get_engine
from lab.engines.sql import query
from lab.engines.tests.leftovers import leftovers
from lab.exceptions import NoAccesses, NoStatement
from lab.race.isolation import isolation_levels
from lab.recording.bounds import Bounds
from lab.recording.report import Status
from lessons.course.catalog import get_catalog
from lessons.course.contract import Kind
from lessons.proof.runs import BOUNDS
from lessons.runs import kept
from lessons.runs.shelved import ShelvedLesson, race_shelf

RUNS = int(os.environ.get("SOAK_RUNS", "200"))
SEED = int(os.environ.get("SOAK_SEED", time.time_ns() % 10**9))
ONE = os.environ.get("SOAK_RUN")
WARM = 1_000  # runs after which the process has all that it loads once
WINDOW = 500
CONNECTIONS = {
    "postgresql": "SELECT count(*) FROM pg_stat_activity WHERE datname LIKE 'queryshelf%'",
    "mysql": "SELECT count(*) FROM information_schema.processlist WHERE db LIKE 'queryshelf%'",
}


@pytest.mark.soak
# Django closes its cursor at an Exception, and a bound is none; a lesson may leave its file to the collector, too.
@pytest.mark.filterwarnings(
    "ignore:Exception ignored in. <function (ServerCursorMixin|SpooledTemporaryFile):pytest.PytestUnraisableExceptionWarning"
)
def test_random_runs_leave_nothing(seed, shelves_at_hand, at_rest):
    resident = []
    for number in [int(ONE)] if ONE else range(RUNS):
        try:
            _run(Random(f"{SEED}:{number}"), shelves_at_hand)
        except Exception as error:
            error.add_note(
                f"Again, alone: SOAK_SEED={SEED} SOAK_RUN={number} .venv/bin/python -m pytest {__file__}"
            )
            raise
        resident.append(_resident_pages())
    windows = [median(resident[at : at + WINDOW]) for at in range(WARM, len(resident) - WINDOW + 1, WINDOW)]
    assert [each for each in windows if each > windows[0] * 1.1] == []


@pytest.fixture
def seed(capsys):
    with capsys.disabled():
        print(f"\nSOAK_SEED={SEED}")


@pytest.fixture
def at_rest(shelves_at_hand):
    """What there was before the test is all that there is after it."""
    kept.drop_all()
    before = _state(shelves_at_hand)
    yield
    kept.drop_all()  # copies for later runs, each of which holds a connection
    for _ in range(100):  # a server notices in a moment that its client has gone
        if _all_connections(shelves_at_hand) == before["connections"]:
            break
        time.sleep(0.05)
    assert _state(shelves_at_hand) == before


def _state(shelves_at_hand):
    engines = [get_engine(name) for name in shelves_at_hand]
    return {
        "checksums": {
            (engine.name, books): engine.checksum(books)
            for engine in engines
            for books in shelves_at_hand[engine.name]
        },
        "copies": {engine.name: leftovers(engine) for engine in engines},
        "connections": _all_connections(shelves_at_hand),
        "threads": sorted(thread.name for thread in threading.enumerate()),
        "children": _children(),
        "descriptors": len([*Path("/dev/fd").iterdir()]),
    }


def _all_connections(shelves_at_hand):
    return {name: _connections(get_engine(name)) for name in shelves_at_hand if name in CONNECTIONS}


def _connections(engine):
    with engine._admin() as admin:
        return query(admin, CONNECTIONS[engine.name])


def _children():
    """Of all threads; a server that the tests start is one."""
    tasks = Path("/proc/self/task").glob("*/children")
    return sorted(child for task in tasks for child in task.read_text().split())


def _resident_pages():
    return int(Path("/proc/self/statm").read_text().split()[1])


def _run(random, shelves_at_hand):
    lesson = random.choice(get_catalog().lessons)
    name = random.choice([name for name in lesson.engines if name in shelves_at_hand])
    kind = lesson.kind
    shelf = race_shelf(name) if kind is Kind.RACES else shelves_at_hand[name][random.choice([10, 37, 100, 1_000])]
    shelved = ShelvedLesson(lesson=lesson, shelf=shelf)
    variant = random.choice(lesson.variants)
    hows = [_record, _cut_short, _measure, _explain, _accesses] if kind is Kind.RUNS else [_race]
    how = random.choice([*hows, *([_examine] if lesson.claims else [])])
    try:
        how(random, shelved, variant)
    except Exception as error:
        error.add_note(f"{how.__name__[1:]}: {lesson.path} {variant.name}, {name}, {shelf.books} books")
        raise


def _record(random, shelved, variant):
    report = shelved.record(variant, bounds=BOUNDS)
    if report.status is not Status.UNAVAILABLE:
        assert report.error_type == variant.raises.value(shelved.environment)
        declared = variant.counts.get(shelved.shelf.books)
        assert declared is None or report.queries == declared.value(shelved.environment)


def _cut_short(random, shelved, variant):
    queries = random.randrange(1, 5)
    report = shelved.record(variant, bounds=Bounds(queries=queries))
    assert report.queries <= queries


def _measure(random, shelved, variant):
    if not shelved.unavailable(variant) and not variant.raises.value(shelved.environment):
        assert shelved.measure(variant, runs=1)


def _explain(random, shelved, variant):
    with suppress(NoStatement):
        explanation = shelved.explain(variant, random.randrange(1, 10))
        assert explanation.plan or explanation.reason


def _accesses(random, shelved, variant):
    with suppress(NoAccesses):
        assert isinstance(shelved.accesses(variant, bounds=BOUNDS), tuple)


def _examine(random, shelved, variant):
    claim = random.choice(shelved.lesson.claims)
    report = shelved.examine(claim, bounds=BOUNDS)
    assert (report.status, report.result) == (Status.OK, claim.expected(shelved.environment))


def _race(random, shelved, variant):
    schedule = random.choices(shelved.lesson.sessions, k=random.randrange(1, 13))
    isolation = random.choice([None, *isolation_levels(shelved.shelf.engine_name)])
    report = shelved.race(variant, schedule, isolation=isolation)
    assert report.status in (Status.OK, Status.UNAVAILABLE)
    if variant.name == "optimized" and isolation is None:
        assert report.kept is not False
