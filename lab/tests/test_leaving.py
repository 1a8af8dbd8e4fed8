"""A run that nobody waits for any more is stopped, whatever it is doing, and undone."""

import sys
import threading
from threading import Lock
from time import monotonic

import pytest
from django.conf import settings
from django.db import connection

from lab import leaving
from lab.engines.tests.leftovers import leftovers
from lab.exceptions import Left
from lab.race import Rules, run_orders, run_race
from lab.recording.bounds import Bounds
from lab.recording.places import StackPlaces
from lab.recording.report import Status
from lab.running import runner, slot
from lab.running.explaining import explain

LONG = 40  # seconds that each of these would take
SOON = 15  # that it takes at the most, on a machine that has other things to do
WHOLE = Bounds(seconds=LONG, queries=sys.maxsize, rows=sys.maxsize)
LONG_STATEMENT = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 400000000) SELECT max(i) FROM n",
    "postgresql": f"SELECT pg_sleep({LONG})",
    "mysql": f"SELECT sleep({LONG})",
}
HEAD = """
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

from django.conf import settings
from django.db import connection

from library.models import Book

END = monotonic() + {long}


def send(*args):
    with connection.cursor() as cursor:
        cursor.execute({statement!r})

"""
RUNS = {
    "one long statement": "send()",
    "many small ones": "while monotonic() < END:\n        Book.objects.get(pk=1)",
    "rows, and no statement": "while monotonic() < END:\n        yield 1",
    "statements whose errors are hidden": (
        "while monotonic() < END:\n        try:\n            send()\n        except Exception:\n            pass"
    ),
    "statements in threads": "with ThreadPoolExecutor(2) as pool:\n        return list(pool.map(send, [1, 2]))",
}
UNRECORDED = [name for name in RUNS if name != "rows, and no statement"]  # where nothing looks at rows


@pytest.fixture
def leaves():
    """Calls a function for somebody who leaves a moment after the run has begun. Returns how long it takes."""

    def call(function, *args, begins=lambda: hasattr(settings, "BEGUN"), **options):
        looks, started = [], monotonic()

        def has_left():
            looks.extend([1] if looks or begins() else [])
            return len(looks) > 2

        with leaving.calling(has_left), pytest.raises(Left):
            function(*args, **options)
        return monotonic() - started

    return call


@pytest.fixture
def on_engine(snippet, engine, engine_shelves):
    """Loads a run() for an engine. After the test nothing of it is left, and others can run."""
    snippet.shelf = engine_shelves[10]
    head = HEAD.format(long=LONG, statement=LONG_STATEMENT[engine.name])

    def load(body):
        run = snippet.load(f"{head}\ndef run():\n    settings.BEGUN = True\n    {body}\n")["run"]
        return run, {"shelf": snippet.shelf}

    load.watched = {"places": StackPlaces(snippet.folder), "bounds": WHOLE}
    yield load
    assert leftovers(engine) == []
    assert not hasattr(settings, "BEGUN")
    assert snippet.record(
        "from library.models import Book\ndef run():\n    return [Book.objects.count()]"
    ).preview == (10,)


@pytest.mark.parametrize("access", ["read", "write"])
@pytest.mark.parametrize("body", RUNS)
def test_recorded_run_stops(on_engine, leaves, body, access):
    run, where = on_engine(RUNS[body])
    assert leaves(runner.record, run, **where, **on_engine.watched, access=access) < SOON


@pytest.mark.parametrize("body", UNRECORDED)
def test_timed_run_stops(on_engine, leaves, body):
    run, where = on_engine(RUNS[body])
    assert leaves(runner.measure, run, **where, runs=1) < SOON


def test_setup_stops(on_engine, leaves):
    prepare, where = on_engine(RUNS["one long statement"])
    assert leaves(runner.record, lambda: [1], **where, **on_engine.watched, prepare=prepare) < SOON


def test_run_stops_on_its_way_to_a_plan(on_engine, leaves):
    run, where = on_engine(RUNS["many small ones"])
    assert leaves(explain, run, 10**9, **where, **on_engine.watched) < SOON


def test_run_ends_where_nobody_leaves(snippet):
    with leaving.calling(lambda: False):
        report = snippet.record("from time import sleep\ndef run():\n    sleep(0.3)\n    return [1]\n")
    assert (report.status, report.preview) == (Status.OK, (1,))


def test_nothing_is_run_for_who_has_left_before(snippet):
    begun = []
    with leaving.calling(lambda: True), pytest.raises(Left):
        runner.record(lambda: begun.append(1), shelf=snippet.shelf, places=StackPlaces(snippet.folder))
    assert begun == []


def test_who_waits_for_a_slot_may_leave(snippet, leaves, monkeypatch):
    monkeypatch.setattr(slot, "PATIENCE", LONG)
    where = {"shelf": snippet.shelf, "places": StackPlaces(snippet.folder)}
    with slot.alone():
        took = leaves(runner.record, lambda: [1], begins=lambda: True, **where)
    assert took < SOON


def test_lock_is_waited_for_no_longer_than_patience_lasts():
    lock = Lock()
    assert leaving.acquire(lock, 0)
    assert not leaving.acquire(lock, 0.2)
    lock.release()
    assert leaving.acquire(lock, LONG)


RACE = """
from time import monotonic, sleep

from django.conf import settings
from django.db import connection

from library.models import Wallet

END = monotonic() + {long}


def long():
    with connection.cursor() as cursor:
        cursor.execute({statement!r})


def alice():
    settings.BEGUN = True
    {alice}


def bob():
    {bob}
"""
RACES = {  # alice, bob
    "one long statement": ("long()", "Wallet.objects.count()"),
    "many turns": ("while monotonic() < END:\n        Wallet.objects.count()",) * 2,
}


@pytest.fixture
def raced(on_engine, engine, tmp_path, snippet):
    """Loads sessions, and returns a function that races them."""

    def load(alice, bob, watch=lambda: []):
        source = RACE.format(long=LONG, statement=LONG_STATEMENT[engine.name], alice=alice, bob=bob)
        namespace = snippet.load(source)
        rules = Rules({name: namespace[name] for name in ("alice", "bob")}, watch=watch)
        return lambda schedule: run_race(rules, schedule, shelf=snippet.shelf, **on_engine.watched)

    yield load
    assert [each.name for each in threading.enumerate() if each.name in ("alice", "bob")] == []


@pytest.mark.parametrize("what", RACES)
def test_race_stops(raced, leaves, what):
    assert leaves(raced(*RACES[what]), ["alice", "bob"]) < SOON


def test_race_stops_where_its_rows_are_looked_at(raced, leaves, engine):
    def watch():
        settings.BEGUN = True
        with connection.cursor() as cursor:
            cursor.execute(LONG_STATEMENT[engine.name])

    race = raced("Wallet.objects.count()", "Wallet.objects.count()", watch)
    assert leaves(race, ["alice", "bob"]) < SOON


def test_no_further_order_is_run(raced, leaves):
    slow = "[sleep(0.2) or Wallet.objects.count() for _ in range(6)]"
    begun = []
    race = raced(slow, slow)
    leaves(run_orders, lambda schedule: begun.append(schedule) or race(schedule))
    assert len(begun) == 1
