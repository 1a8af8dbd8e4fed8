from decimal import Decimal

import pytest

from lab.race import End, Finish, Step
from lessons.pages.races.watched import compare_watched
from lessons.words.races import short_sql, tell_finish, tell_step, tell_wait


def step(kind, sql="", **fields):
    whole = {
        "session": "bob", "kind": kind, "sql": sql, "params": (), "before": (), "place": None, "began": 1, "ended": 1,
        "waited_for": (), "rows": 0, "values": (), "affected": 0, "error": None,
    }  # fmt: skip
    return Step(**{**whole, **fields})


@pytest.mark.parametrize(
    ("sql", "params", "short"),
    [
        ('SELECT "library_book"."id" FROM "library_book" WHERE "id" = %s', (1,), "SELECT … book"),
        ('SELECT 1 FROM "library_book" FOR UPDATE', (), "SELECT … book FOR UPDATE"),
        ("SELECT 1 FROM `library_book` FOR UPDATE SKIP LOCKED", (), "SELECT … book FOR UPDATE SKIP LOCKED"),
        ('SELECT 1 FROM "library_book" FOR NO KEY UPDATE NOWAIT', (), "SELECT … book FOR NO KEY UPDATE NOWAIT"),
        ('UPDATE "library_book" SET "stock" = %s WHERE "id" = %s', (4, 1), "UPDATE … book SET stock = 4"),
        (
            'UPDATE "library_book" SET "stock" = ("library_book"."stock" - %s), "title" = %s WHERE "id" = %s',
            (1, "A", 1),
            "UPDATE … book SET stock = (stock - 1), title = 'A'",
        ),
        ('UPDATE "library_book" SET "stock" = %s WHERE "id" = %s', (), "UPDATE … book SET stock = …"),
        ('INSERT INTO "library_sale" ("id") VALUES (%s) RETURNING "id"', (1,), "INSERT … sale"),
        ('ROLLBACK TO SAVEPOINT "…"', (), 'ROLLBACK TO SAVEPOINT "…"'),
        ("COMMIT", (), "COMMIT"),
    ],
)
def test_statement_in_short(sql, params, short):
    assert short_sql(sql, params) == short


@pytest.mark.parametrize(
    ("done", "words"),
    [
        (step("select", rows=0), "reads no rows"),
        (step("select", rows=1, values=((1, "A", None),)), "reads 1 row: 1, 'A', None"),
        (step("select", rows=9, values=((1,), (2,), (3,), (4,))), "reads 9 rows: 1; 2; 3; …"),
        (step("select", rows=1, values=(tuple(range(9)),)), "reads 1 row: 0, 1, 2, 3, 4, 5, …"),
        (step("select", rows=1, values=((Decimal("9.99"),),)), "reads 1 row: 9.99"),
        (step("update", affected=0), "no rows updated"),
        (
            step("update", affected=2, waited_for=("alice", "carol")),
            "had waited for alice and carol; 2 rows updated",
        ),
        (step("delete", affected=1), "1 row deleted"),
        (step("insert", affected=1), "1 row inserted"),
        (step("transaction", "COMMIT"), "commits"),
        (step("transaction", "ROLLBACK"), "rolls back"),
        (step("transaction", "ROLLBACK TO SAVEPOINT …"), "rolls back to the savepoint"),
        (step("other", "SET LOCAL lock_timeout"), "done"),
        (
            step("update", error="OperationalError: deadlock detected\nDETAIL: Process 7"),
            "OperationalError: deadlock detected",
        ),
    ],
)
def test_what_a_step_did(done, words):
    assert tell_step(done) == words


def test_waits():
    assert tell_wait(("alice",)) == "waits for alice"
    assert tell_wait(("alice",), still=True) == "still waits for alice"
    assert tell_wait(()) == "waits"


@pytest.mark.parametrize(
    ("end", "error", "words"),
    [
        (End.COMMITTED, None, "returns 'sold'"),
        (End.ROLLED_BACK, None, "returns 'sold'; it had rolled back"),
        (End.ROLLED_BACK, "ValueError: no", "ends: rolled back"),
        (End.DEADLOCK, "OperationalError: deadlock detected", "ends: deadlock"),
    ],
)
def test_how_a_session_ended(end, error, words):
    assert tell_finish(Finish(session="bob", end=end, error=error, result="sold")) == words


def test_empty_text_among_the_rows_at_stake_is_seen():
    watched = compare_watched([{"packer": ""}], [{"packer": "alice"}])
    (value,) = watched.rows[0].values
    assert (value.text, value.was) == ("alice", "''")
    assert compare_watched([], [{"packer": ""}]).rows[0].values[0].text == "''"
