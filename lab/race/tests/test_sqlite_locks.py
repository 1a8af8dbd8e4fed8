"""The race waits where SQLite's own busy handler would, and is refused where SQLite calls none."""

import sqlite3
from threading import Thread
from time import monotonic

import pytest
from django.db import connection

from lab.race import Rules, run_race
from lab.recording.places import StackPlaces

READ, WRITE = "SELECT count(*) FROM library_wallet", "UPDATE library_wallet SET balance = balance + 1 WHERE id = 1"
CASES = {
    # what alice does first, what bob does then: of bob's last statement, whether it waits
    "first write of a transaction": (["BEGIN", WRITE], ["BEGIN", WRITE], True),
    "write after a read": (["BEGIN", WRITE], ["BEGIN", READ, WRITE], False),
    "write without a transaction": (["BEGIN", WRITE], [WRITE], True),
    "begin immediate": (["BEGIN", WRITE], ["BEGIN IMMEDIATE"], True),
    "commit while another reads": (["BEGIN", READ], ["BEGIN", WRITE, "COMMIT"], True),
    "write without a transaction while another reads": (["BEGIN", READ], [WRITE], True),
    "write that returns rows while another reads": (["BEGIN", READ], [f"{WRITE} RETURNING id"], True),
    "write that returns rows while another writes": (["BEGIN", WRITE], [f"{WRITE} RETURNING id"], True),
    "read while another writes": (["BEGIN", WRITE], ["BEGIN", READ], None),
}


@pytest.fixture(params=CASES)
def case(request):
    return CASES[request.param]


def test_busy_handler_is_called(case, shelf, tmp_path):
    first, then, waits = case
    with shelf.copy() as copy, copy.connect() as django, copy.connect() as other:
        alice, bob = (_driver(each) for each in (django, other))
        for sql in first:
            alice.execute(sql).fetchall()
        for sql in then[:-1]:
            bob.execute(sql).fetchall()
        # At once, or after the whole time: a busy machine makes the one no longer than a minute.
        bob.execute(f"PRAGMA busy_timeout = {200 if waits else 60_000}")
        started = monotonic()
        if waits is None:
            bob.execute(then[-1])
            return
        with pytest.raises(sqlite3.OperationalError, match="database is locked"):
            bob.execute(then[-1]).fetchall()
        assert (monotonic() - started >= 0.19) is waits
        assert monotonic() - started < 30


def _driver(django):
    django.ensure_connection()
    return django.connection


def test_race_does_the_same(case, shelf, tmp_path):
    first, then, waits = case

    def session(statements):
        with connection.cursor() as cursor:
            for sql in statements:
                cursor.execute(sql)
                cursor.fetchall()

    rules = Rules({"alice": lambda: session([*first, READ]), "bob": lambda: session(then)})
    turns = [sql for sql in then if sql != "BEGIN"]
    report = run_race(rules, ["alice", *["bob"] * len(turns)], shelf=shelf, places=StackPlaces(tmp_path))
    turn = report.turns[len(turns)]
    assert turn.session == "bob"
    if waits:
        assert [(wait.session, wait.waits_for) for wait in turn.waits] == [("bob", ("alice",))]
        assert report.outcome["bob"] == "committed"  # once alice has gone
    else:
        assert turn.waits == ()
        assert report.outcome["bob"] == ("locked" if waits is False else "committed")


def test_rows_that_were_waited_for_are_returned(shelf, tmp_path):
    """One at a time and all at once; and the cursor can be used again."""

    def read():
        with connection.cursor() as cursor:
            for sql in ("BEGIN", READ, "COMMIT"):
                cursor.execute(sql)
                cursor.fetchall()

    def write():
        many = "UPDATE library_wallet SET balance = balance + 1 WHERE id < 5 RETURNING id"
        with connection.cursor() as cursor:
            cursor.execute(many)
            found = [cursor.fetchone(), *cursor.fetchmany(1), *cursor.fetchall(), cursor.fetchone()]
            cursor.execute(many)
            found += list(cursor)
            cursor.execute("SELECT 1")
            return found, cursor.fetchone()

    rules = Rules({"alice": read, "bob": write})
    report = run_race(rules, ["alice", "bob"], shelf=shelf, places=StackPlaces(tmp_path))
    assert report.turns[1].waits[0].waits_for == ("alice",)
    ids = [(1,), (2,), (3,), (4,)]
    bob = next(finish for finish in report.finishes if finish.session == "bob")
    assert bob.result == ([*ids, None, *ids], (1,))


def test_waiting_writer_keeps_its_lock(shelf, tmp_path):
    """While a write waits for alice's read to end, she cannot write either: as with the busy handler."""

    def alice():
        with connection.cursor() as cursor:
            for sql in ("BEGIN", READ, WRITE):
                cursor.execute(sql)

    def bob():
        with connection.cursor() as cursor:
            cursor.execute(WRITE)

    report = run_race(
        Rules({"alice": alice, "bob": bob}), ["alice", "bob"], shelf=shelf, places=StackPlaces(tmp_path)
    )
    assert report.outcome == {"alice": "locked", "bob": "committed"}


def test_busy_handler_keeps_the_lock_too(shelf):
    with shelf.copy() as copy, copy.connect() as one, copy.connect() as other, copy.connect() as third:
        alice, bob, carol = (_driver(each) for each in (one, other, third))
        alice.execute("BEGIN")
        alice.execute(READ).fetchall()
        for driver, patience in ((alice, 0), (bob, 60_000), (carol, 0)):
            driver.execute(f"PRAGMA busy_timeout = {patience}")
        waiting = Thread(target=bob.execute, args=[WRITE])
        waiting.start()
        with pytest.raises(sqlite3.OperationalError, match="database is locked"):
            while True:  # until bob waits: then nobody begins to read
                carol.execute(READ).fetchall()
        with pytest.raises(sqlite3.OperationalError, match="database is locked"):
            alice.execute(WRITE)
        alice.execute("ROLLBACK")
        waiting.join()
