"""What connections["default"] is, for code that asks it and for the models of the site."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from lab import leaving
from lab.caching import own_cache
from lab.reach import Beside, reach


@contextmanager
def as_default(
    connection: BaseDatabaseWrapper, *, threads: bool = False, beside: Beside = None
) -> Iterator[BaseDatabaseWrapper | None]:
    """Let `connection` be connections["default"], in this thread. Yields the one whose place it takes, if any.

    What was read from one database is not to be found in the cache of another.
    threads: whether those that are started get connections of their own to the same database, or reach none
    beside: within lab.running.closed
    """
    opened = connections.all(initialized_only=True)
    replaced = next((each for each in opened if each.alias == "default"), None)
    connections["default"] = connection
    for alias in beside or ():
        connections.settings.setdefault(alias, connection.settings_dict)
    try:
        with (
            own_cache(),
            reach(connection, threads=threads, beside=beside) as reached,
            leaving.stoppable(reached),
        ):
            yield replaced
    finally:
        for alias in {*(beside or ())} & {each.alias for each in connections.all(initialized_only=True)}:
            del connections[alias]
        if replaced is None:
            del connections["default"]
        else:
            connections["default"] = replaced
