"""The database itself holds a run that may only read, whatever the run does to its session."""

from contextlib import ExitStack
from pathlib import Path
from unittest.mock import Mock

import pytest
from django.db import DatabaseError

from lab.engines.sql import execute, query

LIFTING = {
    "postgresql": [
        "SET default_transaction_read_only = off",
        "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE",
        "SET ROLE NONE",
        "RESET SESSION AUTHORIZATION",
    ],
    "mysql": ["SET SESSION TRANSACTION READ WRITE"],
    "sqlite": ["PRAGMA query_only = OFF", "PRAGMA writable_schema = ON"],
}
WRITING = [
    "UPDATE library_book SET title = 'Not read only' WHERE id = 1",
    "DELETE FROM library_review",
    "INSERT INTO library_genre (id, name) VALUES (1000, 'Maps')",
    "DROP TABLE library_review",
    "CREATE TABLE leftover (id integer)",
]


@pytest.mark.parametrize("writing", WRITING)
def test_read_only_cannot_be_lifted(snippet, engine, engine_shelves, writing):
    snippet.shelf = engine_shelves[10]
    before = engine.checksum(10)
    report = snippet.record(f"""
        from django.db import connection

        def run():
            with connection.cursor() as cursor:
                for statement in {LIFTING[engine.name]!r}:
                    cursor.execute(statement)
                cursor.execute({writing!r})
            return [1]
    """)
    assert report.status == "raised"
    assert engine.checksum(10) == before
    assert engine.why_readers_could_write() is None


def test_undeclared_write_is_told_although_its_ban_is_lifted(snippet, engine, engine_shelves):
    snippet.shelf = engine_shelves[10]
    report = snippet.record(f"""
        from django.db import connection
        from library.models import Book

        def run():
            with connection.cursor() as cursor:
                cursor.execute({LIFTING[engine.name][0]!r})
            Book.objects.update(title="Not read only")
    """)
    assert report.error_type == "UndeclaredWrite"


def test_shelf_cannot_be_attached_for_writing(snippet, shelf):
    report = snippet.record(f"""
        from django.db import connection

        def run():
            with connection.cursor() as cursor:
                cursor.execute("ATTACH DATABASE %s AS again", [{str(shelf.engine._path(10))!r}])
                cursor.execute("DELETE FROM again.library_review")
    """)
    assert report.status == "raised"
    assert "attached" in report.error


def test_what_a_lesson_prepares_can_be_read(snippet, engine, engine_shelves):
    snippet.shelf = engine_shelves[10]

    def prepare():
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE prepared (id integer)")
            cursor.execute("INSERT INTO prepared VALUES (7)")

    report = snippet.record(
        """
        from django.db import connection

        def run():
            with connection.cursor() as cursor:
                cursor.execute("SELECT id FROM prepared")
                return cursor.fetchall()
        """,
        prepare=prepare,
    )
    assert report.preview == ((7,),)


README = (Path(__file__).parents[3] / "README.md").read_text()
LIMITED = {
    "postgresql": {
        "with the right": ["CREATE ROLE {user} LOGIN PASSWORD 'x' CREATEDB CREATEROLE"],
        "without it": ["CREATE ROLE {user} LOGIN PASSWORD 'x' CREATEDB"],
    },
    "mysql": {
        "with the right": [
            line.strip().partition(";")[0] for line in README.splitlines() if "queryshelf@'%'" in line
        ],
        "without it": ["CREATE USER {user}@'%' IDENTIFIED BY 'x'", "GRANT ALL ON `queryshelf%`.* TO {user}@'%'"],
    },
}


@pytest.fixture
def limited(engine):
    """The engine as a user of its server who has some rights: limited(statements, prefix)."""
    with ExitStack() as stack:
        admin = stack.enter_context(engine._admin())

        def make(statements, user):
            for statement in statements:
                text = (
                    statement.replace("queryshelf@", f"{user}@")
                    .replace("{user}", user)
                    .replace("`queryshelf%`", f"`{user}%`")
                )
                execute(admin, text)
                if text.startswith("CREATE"):
                    stack.callback(
                        execute, admin, f"DROP {'ROLE' if engine.name == 'postgresql' else 'USER'} {user}"
                    )
            settings = {
                **engine.address.find(),
                "USER": user,
                "PASSWORD": "a password" if "a password" in str(statements) else "x",
                "NAME": "",
            }
            address = Mock(spec=engine.address, prefix=user, is_started_here=False, remedy="", off=lambda: None)
            address.find = lambda again=False: {
                **settings,
                "NAME": "postgres" if engine.name == "postgresql" else user,
            }
            made = type(engine)(address, engine.edition)
            stack.callback(_drop_role, admin, engine, made.role)
            return made

        yield make


def _drop_role(admin, engine, role):
    kind, name = ("ROLE", role) if engine.name == "postgresql" else ("USER", f"{role}@'%'")
    execute(admin, f"DROP {kind} IF EXISTS {name}")


@pytest.mark.parametrize("engine", ["postgresql", "mysql"], indirect=True)
@pytest.mark.parametrize("rights", ["with the right", "without it"])
def test_role_is_made_where_the_user_may(limited, engine, rights):
    made = limited(LIMITED[engine.name][rights], f"clerk_{len(rights)}")
    shelf_books = 3

    def fill(connection):
        execute(connection, "CREATE TABLE facts (id integer)")

    made.build(shelf_books, fill)
    try:
        reason = made.why_readers_could_write()
        assert (reason is None) == (rights == "with the right"), reason
        if reason:
            assert "could lift its read-only setting" in reason
        with made.reader(shelf_books) as reader:
            assert query(reader, "SELECT count(*) FROM facts")[0][0] == 0
            with pytest.raises(DatabaseError):
                execute(reader, "INSERT INTO facts VALUES (1)")
    finally:
        made.drop(shelf_books)
