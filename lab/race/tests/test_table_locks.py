"""Locks of whole tables, and those behind them: nobody's look at the rows waits for them."""

import time

import pytest

from lab.recording.report import Status

HEAD = """
    from django.db import connection, transaction
    from library.models import Wallet

    def execute(*statements):
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    def count():
        return Wallet.objects.count()
"""
QUEUED = (
    HEAD
    + """
    def alice():
        with transaction.atomic():
            return count(), count()

    def bob():
        execute("ALTER TABLE library_wallet ADD COLUMN mark integer")
"""
)
BEHIND_THE_QUEUE = (
    QUEUED
    + """
    def carol():
        return Wallet.objects.get(pk=1).pk
"""
)
HELD = (
    HEAD
    + """
    def alice():
        execute({take!r}, "UPDATE library_wallet SET balance = 7 WHERE id = 1", {give!r})

    def bob():
        return Wallet.objects.get(pk=1).balance
"""
)
TRUNCATED = (
    HEAD
    + """
    def alice():
        with transaction.atomic():
            execute("TRUNCATE library_wallet CASCADE")
            transaction.set_rollback(True)

    def bob():
        return count()
"""
)
NAMED = (
    HEAD
    + """
    def alice():
        execute({take!r}, {give!r})

    bob = alice
"""
)
RACES = {
    "a schema change that waits": dict.fromkeys(("sqlite", "postgresql", "mysql"), QUEUED),
    "a table held": {
        "sqlite": HELD.format(take="BEGIN EXCLUSIVE", give="COMMIT"),
        "mysql": HELD.format(take="LOCK TABLES library_wallet WRITE", give="UNLOCK TABLES"),
    },
    "a table emptied": {"postgresql": TRUNCATED},
    "a lock with a name": {
        "postgresql": NAMED.format(take="SELECT pg_advisory_lock(1)", give="SELECT pg_advisory_unlock(1)"),
        "mysql": NAMED.format(take="SELECT GET_LOCK('till', 9)", give="SELECT RELEASE_LOCK('till')"),
    },
}


CASES = [
    pytest.param(engine, source, id=f"{engine}-{lock}")
    for lock, sources in RACES.items()
    for engine, source in sources.items()
]


@pytest.mark.parametrize(("engine", "source"), CASES, indirect=["engine"])
def test_story_goes_on(race, source):
    started = time.monotonic()
    report = race(source, "alice bob alice")
    assert report.status == Status.OK
    assert set(report.outcome.values()) <= {"committed", "rolled back"}
    assert [wait.waits_for for wait in report.turns[1].waits] == [("alice",)]
    assert time.monotonic() - started < 5


def test_row_says_why_nobody_could_look(race, engine):
    report = race(QUEUED, "alice bob alice")
    first, queued, *_, last = report.turns
    assert (first.unseen, last.unseen) == ("", "")
    assert "would have to wait for a lock" in queued.unseen
    assert queued.rows == first.rows  # as last seen


@pytest.mark.parametrize("engine", ["postgresql", "mysql"], indirect=True)
def test_reader_behind_the_queue_waits_too(race, engine):
    report = race(BEHIND_THE_QUEUE, "alice bob carol alice")
    assert set(report.outcome.values()) == {"committed"}
    assert {wait.session for wait in report.turns[2].waits} == {"bob", "carol"}


@pytest.mark.parametrize("engine", ["postgresql", "mysql"], indirect=True)
def test_look_of_a_session_does_not_wait(race, engine):
    started = time.monotonic()
    report = race(BEHIND_THE_QUEUE, "alice bob", look="carol")
    assert (report.status, report.seen) == (Status.OK, None)
    assert race(BEHIND_THE_QUEUE, "alice bob", look="alice").seen == report.rows
    assert time.monotonic() - started < 5
