import pytest

from lab.recording.places import StackPlaces
from lab.recording.statements import Statement
from lab.running.loading import load
from lab.running.runner import record

KINDS = {
    "SELECT 1": "select",
    "(SELECT 1) UNION (SELECT 2)": "select",
    "VALUES (1)": "select",
    "-- a remark\n/* and\nanother */ # MariaDB's\nSELECT 1": "select",
    "WITH a AS (SELECT 1) SELECT * FROM a": "select",
    "WITH RECURSIVE a (n) AS (VALUES (1) UNION SELECT n + 1 FROM a), b AS MATERIALIZED (SELECT 1) SELECT 1": "select",
    "WITH a AS (SELECT ')' AS \"update\") UPDATE book SET title = ''": "update",
    "with a as (select 1 -- update (\n) delete from book": "delete",
    "WITH a AS (DELETE FROM book RETURNING *) INSERT INTO old SELECT * FROM a": "insert",
    "INSERT OR REPLACE INTO book VALUES (1)": "insert",
    "REPLACE INTO book VALUES (1)": "insert",
    "MERGE INTO book USING old ON true WHEN MATCHED THEN DELETE": "update",
    "CREATE TABLE a (id int)": "other",
    "WITH": "other",
    "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE": "transaction",
}


@pytest.mark.parametrize("sql", KINDS)
def test_kind_is_what_the_statement_does(sql):
    assert Statement(sql, None, False, None, "").kind == KINDS[sql]


ANY_SQL = {
    "postgresql": """
        cursor.execute(b"SELECT title FROM library_book WHERE id = %s", [1])
        select = sql.SQL("SELECT title FROM {} WHERE id = {}").format(sql.Identifier("library_book"), sql.Literal(1))
        cursor.execute(select)
        cursor.executemany(select.as_bytes(None), [[], []])
        cursor.execute(sql.Composed([select]))
    """,
    "mysql": """
        cursor.execute(b"SELECT title FROM library_book WHERE id = %s", [1])
    """,
    "sqlite": """
        try:
            cursor.execute(b"SELECT title FROM library_book")
        except TypeError:
            pass
    """,
}


def test_statement_may_be_all_that_the_driver_takes(engine_shelves, tmp_path):
    engine = engine_shelves[10].engine_name
    source = f"""
from django.db import connection

def run():
    try:
        from psycopg import sql
    except ImportError:
        pass
    with connection.cursor() as cursor:
{ANY_SQL[engine]}
    return [1]
"""
    run = load(source, str(tmp_path / "naive.py"))["run"]
    report = record(run, shelf=engine_shelves[10], places=StackPlaces(tmp_path))
    assert report.error is None
    assert {group.kind for group in report.groups} == {"select"}
    assert all(group.sql.startswith("SELECT title FROM ") for group in report.groups)
    assert report.queries == ANY_SQL[engine].count("cursor.execute")


PARAMETERS = {
    "one list, changed and used again": (
        "parameters = [0]\nfor pk in (1, 2):\n    parameters[0] = pk\n    cursor.execute(SELECT, parameters)",
        [[1], [2]],
    ),
    "one dict": (
        "parameters = {'pk': 0}\nfor pk in (1, 2):\n    parameters['pk'] = pk\n"
        "    cursor.execute('SELECT * FROM library_book WHERE id = %(pk)s', parameters)",
        [{"pk": 1}, {"pk": 2}],
    ),
    "a list of lists": (
        "rows = [['Maps']]\nfor name in ('Mice', 'Men'):\n    cursor.executemany(INSERT, rows)\n    rows[0][0] = name",
        [[["Maps"]], [["Mice"]]],
    ),
    "a generator": (
        "cursor.executemany(INSERT, ([name] for name in ('Maps', 'Mice')))",
        [[["Maps"], ["Mice"]]],
    ),
    "an iterator": (
        "cursor.executemany(INSERT, iter([('Maps',), ('Mice',)]))",
        [[("Maps",), ("Mice",)]],
    ),
    "a generator of one list": (
        "row = ['']\n\ndef rows():\n    for row[0] in ('Maps', 'Mice'):\n        yield row\n\ncursor.executemany(INSERT, rows())",
        [[["Maps"], ["Mice"]]],
    ),
    "a queryset": (
        "cursor.executemany('UPDATE library_book SET stock = 1 WHERE id = %s', Book.objects.order_by('pk').values_list('pk')[:2])",
        [[(1,), (2,)]],
    ),
    "a tuple": ("cursor.execute(SELECT, (1,))", [(1,)]),
    "no list at all": ("try:\n    cursor.executemany(INSERT, 7)\nexcept TypeError:\n    pass", [7]),
    "none": ("cursor.execute('SELECT 1')", [None]),
}


@pytest.mark.parametrize("sending", PARAMETERS)
def test_parameters_are_those_that_were_sent(snippet, sending):
    code, sent = PARAMETERS[sending]
    report = snippet.record(
        f"""
from django.db import connection
from library.models import Book

SELECT = "SELECT * FROM library_book WHERE id = %s"
INSERT = "INSERT INTO library_genre (name) VALUES (%s)"

def run():
    cursor = connection.cursor()
    {code.replace(chr(10), chr(10) + "    ")}
    return [1]
""",
        access="write",
    )
    assert report.error is None
    group = report.groups[-1]
    assert (list(group.samples), group.distinct) == (sent, len(sent))


def test_parameters_within_a_tuple_are_those_that_were_sent(snippet, shelves_at_hand):
    """PostgreSQL alone takes lists as parameters; without it an error tells the same."""
    source = """
from django.db import connection

def run():
    cursor, ids = connection.cursor(), []
    for pk in (1, 2):
        ids.append(pk)
        try:
            cursor.execute("SELECT * FROM library_book WHERE id = ANY(%s)", (ids,))
        except Exception:
            pass
    return [1]
"""
    snippet.shelf = shelves_at_hand.get("postgresql", shelves_at_hand["sqlite"])[10]
    assert snippet.record(source).groups[0].samples == (([1],), ([1, 2],))


AFFECTED = {
    "WITH few AS (SELECT id FROM library_book WHERE id <= 3) UPDATE library_book SET stock = 1 WHERE id IN (SELECT id FROM few)": 3,
    "WITH few AS (SELECT id FROM library_review) DELETE FROM library_genre WHERE id IN (SELECT id FROM few) AND id < 0": 0,
    "REPLACE INTO library_genre (id, name) VALUES (901, 'Maps'), (902, 'Mice')": 2,
    "UPDATE library_book SET stock = 1": 10,
    "/* all */ UPDATE library_book SET stock = 1": 10,
    "CREATE TEMPORARY TABLE a (id int)": 0,
    "CREATE TEMPORARY TABLE b AS SELECT * FROM library_book": 0,
}
NOT_EVERYWHERE = {"WITH": {"sqlite", "postgresql"}, "REPLACE": {"sqlite", "mysql"}}
RETURNING = "DELETE FROM library_sale WHERE id <= 10 RETURNING id"


@pytest.mark.parametrize("sql", AFFECTED)
def test_affected_is_what_the_statement_did(shelves_at_hand, tmp_path, sql):
    names = NOT_EVERYWHERE.get(sql.split()[0], {*shelves_at_hand})
    for name in names & {*shelves_at_hand}:
        [group] = _statements(shelves_at_hand[name][10], tmp_path, sql, "")
        assert (name, group.affected, group.may_affect_more) == (name, AFFECTED[sql], False)


@pytest.mark.parametrize(
    ("fetching", "on_sqlite"),
    [
        ("cursor.fetchone()", (1, True)),
        ("cursor.fetchmany(9)", (9, True)),
        ("cursor.fetchall()", (10, False)),
        ("list(cursor)", (10, False)),
        ("", (0, True)),
    ],
)
def test_affected_of_returning_is_what_the_driver_knows(engine_shelves, tmp_path, fetching, on_sqlite):
    shelf = engine_shelves[10]
    [group] = _statements(shelf, tmp_path, RETURNING, fetching)
    expected = on_sqlite if shelf.engine_name == "sqlite" else (10, False)
    assert (group.affected, group.may_affect_more) == expected


@pytest.mark.parametrize("fetching", ["cursor.fetchone()", "cursor.fetchall()"])
def test_affected_of_returning_may_be_none(engine_shelves, tmp_path, fetching):
    [group] = _statements(engine_shelves[10], tmp_path, RETURNING.replace("<= 10", "< 0"), fetching)
    assert (group.affected, group.may_affect_more) == (0, False)


def _statements(shelf, folder, sql, fetching):
    source = f"""
from django.db import connection

def run():
    with connection.cursor() as cursor:
        cursor.execute({sql!r})
        {fetching}
    return [1]
"""
    run = load(source, str(folder / "naive.py"))["run"]
    report = record(run, shelf=shelf, places=StackPlaces(folder), access="write")
    assert report.error is None
    return [group for group in report.groups if group.is_query]
