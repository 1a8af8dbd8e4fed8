"""Statements of the lab's own, sent to a server."""

from contextlib import closing


def execute(connection, sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


def execute_unseen(connection, sql):
    """Execute it below what watches cursors, such as the debug toolbar."""
    connection.ensure_connection()
    with closing(connection.create_cursor()) as cursor:
        cursor.execute(sql)


def query(connection, sql, params=None):
    """Return all rows."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
