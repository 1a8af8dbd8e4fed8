"""Statements of the lab's own, sent to a server."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper


def execute(connection: BaseDatabaseWrapper, sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def execute_unseen(connection: BaseDatabaseWrapper, sql: str) -> None:
    """Execute it below what watches cursors, such as the debug toolbar or a recorder."""
    connection.ensure_connection()
    with unseen(connection), closing(connection.create_cursor()) as cursor:
        cursor.execute(sql)


@contextmanager
def unseen(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Let no recorder see what is sent by the driver's own cursors."""
    shelf: Any = connection
    shelf.expected = getattr(shelf, "expected", 0) + 1
    try:
        yield
    finally:
        shelf.expected -= 1


def query(connection: BaseDatabaseWrapper, sql: str, params: Any = None) -> Sequence[tuple[Any, ...]]:
    """Return all rows."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows: Sequence[tuple[Any, ...]] = cursor.fetchall()
    return rows
