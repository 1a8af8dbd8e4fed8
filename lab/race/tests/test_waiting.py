"""Time passes in a race where its schedule says so, until the database ends a wait."""

import pytest

from lab.race import WAIT
from lab.race.mysql import MySQLMonitor
from lab.race.tests.story import story
from lab.recording.bounds import Bounds
from lab.recording.report import Status

PATIENCE = {
    "sqlite": "PRAGMA busy_timeout = 200",
    "postgresql": "SET lock_timeout = '200ms'",
    "mysql": "SET innodb_lock_wait_timeout = 1",
}
HELD = """
    from django.db import connection, transaction
    from library.models import Wallet

    def alice():
        with transaction.atomic():
            Wallet.objects.filter(pk=1).update(balance=1)
            Wallet.objects.filter(pk=2).update(balance=1)

    def bob():
        with connection.cursor() as cursor:
            cursor.execute("{patience}")
        Wallet.objects.filter(pk=1).update(balance=2)

    def carol():
        with connection.cursor() as cursor:
            cursor.execute("{patience}")
        Wallet.objects.filter(pk=1).update(balance=3)
"""
TWO = HELD.replace("def carol", "def _carol")
ENDS = {"sqlite": "locked", "postgresql": "lock timeout", "mysql": "lock timeout"}


@pytest.fixture
def held(race, engine):
    """Runs alice() and bob(), who does not wait for long."""

    def run(schedule, source=TWO, **options):
        return race(source.format(patience=PATIENCE[engine.name]), schedule, **options)

    return run


def test_wait_ends_by_the_timeout(held, engine):
    report = held("alice bob bob wait alice alice")
    assert report.schedule == ("alice", "bob", "bob", WAIT, "alice", "alice")
    assert report.outcome == {"alice": "committed", "bob": ENDS[engine.name]}
    passed = report.turns[3]
    assert [(step.session, step.waited_for) for step in passed.steps] == [("bob", ("alice",))]
    assert passed.steps[0].error
    assert [finish.session for finish in passed.finishes] == ["bob"]
    assert passed.waits == ()
    assert [row["balance"] for row in report.rows] != [1, 1]
    assert [row["balance"] for row in report.turns[-1].rows] == [1, 1]


def test_without_it_the_wait_ends_with_the_lock(held):
    report = held("alice bob bob alice alice")
    assert report.outcome == {"alice": "committed", "bob": "committed"}


def test_it_is_skipped_where_nobody_waits(held):
    assert WAIT not in held("wait alice wait bob alice alice wait").schedule


def test_each_ends_one_wait_of_who_waits_longest_first(held, engine):
    report = held("alice bob bob carol carol wait wait alice alice", HELD)
    assert report.outcome == {"alice": "committed", "bob": ENDS[engine.name], "carol": ENDS[engine.name]}
    passed = [turn for turn in report.turns if turn.session == WAIT]
    assert [finish.session for turn in passed for finish in turn.finishes] == ["bob", "carol"]


def test_it_is_the_same_each_time(held):
    schedule = "alice bob bob wait alice alice"
    assert story(held(schedule)) == story(held(schedule)) == story(held(schedule))


@pytest.mark.parametrize("engine", ["postgresql", "mysql"], indirect=True)
def test_wait_that_nothing_ends_meets_the_bound(race, engine):
    report = race(TWO.format(patience="SELECT 1"), "alice bob bob wait", bounds=Bounds(seconds=1))
    assert report.status == Status.STOPPED
    assert "1 second" in report.error


@pytest.mark.parametrize("engine", ["mysql"], indirect=True)
def test_who_waits_long_is_looked_at_less_often(held, monkeypatch):
    """A wait of a second, which each look would otherwise ask the server about every few milliseconds."""
    looks, really = [], MySQLMonitor.waits
    monkeypatch.setattr(MySQLMonitor, "waits", lambda *args: looks.append(1) or really(*args))
    assert held("alice bob bob wait alice alice").outcome["bob"] == "lock timeout"
    assert 1 < len(looks) < 150
