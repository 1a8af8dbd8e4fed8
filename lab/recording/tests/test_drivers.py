"""What goes past Django to the driver is seen too: {what the run does: (underlined, kind, rows)}, by engine."""

import pytest
from django.db import connection

from lab.recording.bounds import Bounds
from lab.recording.places import StackPlaces
from lab.recording.recorder import Recorder

ANYWHERE = {
    "cursor = connection.connection.cursor()\n    cursor.execute('SELECT id FROM library_book ORDER BY 1')\n    return [cursor.fetchone()[0], len(cursor.fetchall())]": (
        "cursor.execute('SELECT id FROM library_book ORDER BY 1')",
        "select",
        10,
    ),
    "cursor = connection.connection.cursor()\n    cursor.execute('SELECT id FROM library_book')\n    return [len(list(cursor))]": (
        "cursor.execute('SELECT id FROM library_book')",
        "select",
        10,
    ),
    "cursor = connection.cursor().cursor\n    cursor.execute('SELECT id FROM library_book')\n    return [len(cursor.fetchmany(4))]": (
        "cursor.execute('SELECT id FROM library_book')",
        "select",
        4,
    ),
}
ON = {
    "sqlite": {
        "return list(connection.connection.execute('SELECT 1'))": (
            "connection.connection.execute('SELECT 1')",
            "select",
            1,
        ),
        "connection.connection.executescript('SELECT 1')\n    return [1]": (
            "connection.connection.executescript('SELECT 1')",
            "select",
            0,
        ),
        "with connection.cursor() as cursor:\n        return cursor.execute('SELECT id FROM library_book').fetchall()": (
            "cursor.execute('SELECT id FROM library_book')",
            "select",
            10,
        ),
    },
    "postgresql": {
        "cursor = connection.cursor()\n    with cursor.copy('COPY library_book (id) TO STDOUT') as copy:\n        return [len(list(copy.rows()))]": (
            "cursor.copy('COPY library_book (id) TO STDOUT')",
            "select",
            10,
        ),
        "cursor = connection.cursor()\n    with cursor.copy('COPY library_genre (id, name) FROM STDIN') as copy:\n        copy.write_row((1000, 'Maps'))\n    return [1]": (
            "cursor.copy('COPY library_genre (id, name) FROM STDIN')",
            "insert",
            0,
        ),
        "with connection.cursor() as cursor:\n        return list(cursor.stream('SELECT id FROM library_book'))": (
            "list(cursor.stream('SELECT id FROM library_book'))",
            "select",
            10,
        ),
        "return list(connection.connection.execute('SELECT 1'))": (
            "connection.connection.execute('SELECT 1')",
            "select",
            1,
        ),
        "with connection.connection.cursor('named') as cursor, connection.connection.transaction():\n        cursor.execute('SELECT id FROM library_book')\n        return cursor.fetchall()": (
            "cursor.execute('SELECT id FROM library_book')",
            "select",
            10,
        ),
        "with connection.cursor() as cursor:\n        return cursor.execute('SELECT id FROM library_book').fetchall()": (
            "cursor.execute('SELECT id FROM library_book')",
            "select",
            10,
        ),
    },
    "mysql": {
        "connection.connection.cursor().executemany('UPDATE library_genre SET name = name WHERE id = %s', [[1], [2]])\n    return [1]": (
            "connection.connection.cursor().executemany('UPDATE library_genre SET name = name WHERE id = %s', [[1], [2]])",
            "update",
            0,
        ),
    },
}


@pytest.mark.parametrize("body", [*ANYWHERE, *(body for bodies in ON.values() for body in bodies)])
def test_what_goes_past_django_is_recorded(snippet, engine, engine_shelves, body):
    expected = {**ANYWHERE, **ON[engine.name]}.get(body)
    if expected is None:
        return  # another engine's
    snippet.shelf = engine_shelves[10]
    report = snippet.record(f"from django.db import connection\n\ndef run():\n    {body}\n", access="write")
    assert report.status == "ok", report.error
    [group] = [group for group in report.groups if group.is_query]
    assert (snippet.text(group.place), group.kind, group.rows) == expected
    assert group.execute_ns > 0


def test_copied_rows_are_affected(snippet, engine_shelves, engine):
    if engine.name != "postgresql":
        return
    snippet.shelf = engine_shelves[10]
    report = snippet.record(
        f"from django.db import connection\n\ndef run():\n    {list(ON['postgresql'])[1]}\n", access="write"
    )
    assert report.rows_affected == 1


def test_write_past_django_is_refused(snippet, engine_shelves):
    snippet.shelf = engine_shelves[10]
    report = snippet.record("""
        from django.db import connection

        def run():
            connection.connection.cursor().execute("DELETE FROM library_review")
    """)
    assert report.error_type == "UndeclaredWrite"


def test_driver_is_let_be_after_the_run(shelf):
    with shelf.open() as shelved:
        with Recorder(shelved, engine=shelf.engine, places=None) as outer:
            pass
        assert shelved.connection.execute("SELECT 1").fetchall() == [(1,)]
        assert len(outer.statements) == 0


def test_recorders_nest(shelf, tmp_path):
    places = StackPlaces(tmp_path)
    with shelf.open() as shelved:
        with Recorder(shelved, engine=shelf.engine, places=places) as outer:
            with Recorder(shelved, engine=shelf.engine, places=places) as inner, connection.cursor() as cursor:
                cursor.execute("SELECT id FROM library_book")
                cursor.fetchall()
            with connection.cursor() as cursor:
                cursor.execute("SELECT id FROM library_book LIMIT 3")
                cursor.fetchall()
        assert [statement.rows for statement in outer.statements] == [10, 3]
        assert [statement.rows for statement in inner.statements] == [10]
        assert shelved.execute_wrappers == []


def test_bound_stops_a_fetch_past_django(snippet):
    """SQLite works while rows are fetched."""
    report = snippet.record(
        """
        from django.db import connection

        sql = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n WHERE i = 1"

        def run():
            connection.connection.cursor().execute(sql).fetchall()
        """,
        bounds=Bounds(seconds=0.3),
    )
    assert (report.status, report.error) == ("stopped", "stopped after 0.3 seconds")


def test_cursor_that_outlives_its_recorder_still_fetches(shelf, tmp_path):
    with shelf.open() as shelved:
        with Recorder(shelved, engine=shelf.engine, places=StackPlaces(tmp_path)) as recorder:
            cursor = shelved.connection.execute("SELECT id FROM library_book ORDER BY 1")
            assert cursor.fetchone() == (1,)
        assert len(cursor.fetchall()) == 9
        assert [statement.rows for statement in recorder.statements] == [1]


ENDLESS = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 3000000) SELECT max(i) FROM n",
    "postgresql": "SELECT pg_sleep(0.3)",
    "mysql": "SELECT sleep(0.3)",
}


def test_bound_of_a_recorder_ends_with_it(engine, engine_shelves, tmp_path):
    places, bounds = StackPlaces(tmp_path), Bounds(seconds=0.05)
    with engine_shelves[10].open() as shelved, shelved.cursor() as cursor:
        with Recorder(shelved, engine=engine, places=places, bounds=bounds):
            pass
        cursor.execute(ENDLESS[engine.name])
        assert cursor.fetchone()[0] in ("", 0, 3_000_000)
