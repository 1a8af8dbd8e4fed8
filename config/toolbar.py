"""Lets the debug toolbar see the queries of a lesson's recorded run.

The toolbar wraps the connections that are there when a request begins. A shelf comes later and takes the place
of one of them, so it inherits that one's panel.
"""

from functools import wraps

from debug_toolbar.middleware import show_toolbar
from debug_toolbar.panels.sql.tracking import wrap_cursor
from django.conf import settings


def watch_shelf(connection, replaced, recorded, **kwargs):
    panel = getattr(replaced, "_djdt_logger", None)
    if recorded and panel is not None:
        wrap_cursor(connection)
        connection._djdt_logger = panel
        connection.ops.last_executed_query = _or_as_written(connection)


def _or_as_written(connection):
    """Of executemany() the toolbar asks for the SQL with the rows as its parameters: SQLite takes none of that."""
    tell = connection.ops.last_executed_query

    @wraps(tell)
    def last_executed_query(cursor, sql, params):
        try:
            return tell(cursor, sql, params)
        except connection.Database.Error:
            return str(sql)

    return last_executed_query


def show_toolbar_here(request):
    """Not where much is run and timed: thousands of queries would be the toolbar's to keep, and in the times."""
    return show_toolbar(request) and not request.path_info.endswith(settings.TIMING_PAGES)
