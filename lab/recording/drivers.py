"""Meets at the driver what goes past Django: its own cursors, and what they alone can do, such as COPY."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, partial
from time import perf_counter_ns
from typing import Any

from django.db import OperationalError

from lab.engines.sql import unseen
from lab.recording.statements import Statement, as_sent

# What the drivers call the attributes of their connections that say what cursors are made of.
_FACTORIES = ("cursor_factory", "server_cursor_factory", "cursorclass")
_OF_COPY = ("read", "read_row", "write", "write_row")  # psycopg's


def watch_driver(connection: Any) -> None:
    """Let the cursors of a Django connection's driver tell its watch what does not come through Django."""
    driver = connection.connection
    watched = False
    for name in _FACTORIES:
        if (factory := getattr(driver, name, None)) is not None:
            setattr(driver, name, driver_cursor(factory))
            watched = True
    if hasattr(driver, "cursor_class"):  # a lab.engines.sqlite.DriverConnection
        driver.cursor_class = driver_cursor
        watched = True
    if watched:
        driver.django = connection
        connection.sent = connection.sent or 0


class DriverCursor:
    """Mixin of a driver's cursor."""

    connection: Any
    rowcount: int
    statement: Statement | None = None  # the last one that did not come through Django

    def execute(self, sql: Any, *args: Any, **kwargs: Any) -> Any:
        if (watch := self._watch()) is None:
            return super().execute(sql, *args, **kwargs)  # type: ignore[misc]
        return self._send(watch, super().execute, sql, *args, **kwargs)  # type: ignore[misc]

    def executemany(self, sql: Any, *args: Any, **kwargs: Any) -> Any:
        if (watch := self._watch()) is None:
            return super().executemany(sql, *args, **kwargs)  # type: ignore[misc]
        return self._send(watch, super().executemany, sql, *args, many=True, **kwargs)  # type: ignore[misc]

    def executescript(self, sql: str) -> Any:
        """SQLite's."""
        if (watch := self._watch()) is None:
            return super().executescript(sql)  # type: ignore[misc]
        return self._send(watch, super().executescript, sql)  # type: ignore[misc]

    def stream(self, sql: Any, *args: Any, **kwargs: Any) -> Iterator[Any]:
        """psycopg's."""
        rows = super().stream(sql, *args, **kwargs)  # type: ignore[misc]
        if (watch := self._watch()) is None:
            yield from rows
            return
        statement = watch.recorder.note(sql, *args[:1] or (None,), False, sys._getframe(1), watch.connection.alias)
        while True:
            started = perf_counter_ns()
            with self._known(watch, statement):
                row = next(rows, None)
            watch.recorder.fetched(statement, () if row is None else (row,), started)
            if row is None:
                return
            yield row

    @contextmanager
    def copy(self, sql: Any, *args: Any, **kwargs: Any) -> Iterator[Any]:
        """psycopg's. Timed as it reads or writes: what the code does in between is its own."""
        copying = super().copy(sql, *args, **kwargs)  # type: ignore[misc]
        if (watch := self._watch()) is None:
            with copying as copy:
                yield copy
            return
        statement = watch.recorder.note(sql, *args[:1] or (None,), False, sys._getframe(2), watch.connection.alias)
        with self._known(watch, statement):
            copy = copying.__enter__()
        for name in _OF_COPY:
            setattr(copy, name, _timed(getattr(copy, name), watch.recorder, statement))
        try:
            yield copy
        except BaseException as error:
            copying.__exit__(type(error), error, error.__traceback__)
            raise
        with self._known(watch, statement):
            copying.__exit__(None, None, None)
        statement.rowcount = self.rowcount
        if statement.kind == "select":
            statement.rows = self.rowcount
            watch.recorder.check(statement.rows)

    # What comes through Django, nearly all, is let by first: these run for every query.

    def fetchone(self) -> Any:
        if self.statement is None:
            return super().fetchone()  # type: ignore[misc]
        return self._fetch(super().fetchone, lambda row: () if row is None else (row,))  # type: ignore[misc]

    def fetchmany(self, *args: Any, **kwargs: Any) -> Any:
        if self.statement is None:
            return super().fetchmany(*args, **kwargs)  # type: ignore[misc]
        return self._fetch(partial(super().fetchmany, *args, **kwargs), list)  # type: ignore[misc]

    def fetchall(self) -> Any:
        if self.statement is None:
            return super().fetchall()  # type: ignore[misc]
        return self._fetch(super().fetchall, list)  # type: ignore[misc]

    def __iter__(self) -> Iterator[Any]:
        rows = super().__iter__()  # type: ignore[misc]
        return rows if self.statement is None else iter(self.fetchone, None)

    def _watch(self) -> Any:
        """The Watch that is to be told of a statement, which is on its way; or None."""
        connection = self.connection.django
        if (watch := getattr(connection, "watch", None)) is None:
            return None
        connection.sent += 1
        return None if connection.expected else watch

    def _send(
        self, watch: Any, send: Callable[..., Any], sql: Any, *args: Any, many: bool = False, **kwargs: Any
    ) -> Any:
        params, *others = args or (None,)
        kept, params = as_sent(params, many)
        self.statement = statement = watch.recorder.note(sql, kept, many, sys._getframe(2), watch.connection.alias)
        with self._known(watch, statement):
            result = send(sql, *([params] if args else []), *others, **kwargs)
            statement.executed(self)
        return result

    @contextmanager
    def _known(self, watch: Any, statement: Statement) -> Iterator[None]:
        """Time a statement that was noted, and let the driver send what it sends for it."""
        started = perf_counter_ns()
        try:
            with unseen(watch.connection), _told(watch, statement):
                yield
        finally:
            statement.execute_ns += perf_counter_ns() - started

    def _fetch(self, fetch: Callable[[], Any], rows_of: Callable[[Any], Sequence[Any]]) -> Any:
        watch = getattr(self.connection.django, "watch", None)
        if watch is None or self.statement is None:
            return fetch()
        started = perf_counter_ns()
        with _told(watch, self.statement):
            result = fetch()
        watch.recorder.fetched(self.statement, rows_of(result), started)
        return result


@contextmanager
def _told(watch: Any, statement: Statement) -> Iterator[None]:
    """Tell of the driver's errors as of Django's."""
    try:
        yield
    except watch.connection.Database.Error as error:
        told = OperationalError(*error.args)
        told.__cause__ = error
        watch.recorder.failed(statement, told)
        raise


@cache
def driver_cursor(cls: type) -> type:
    """Return a driver's class of cursors with the mixin."""
    return cls if issubclass(cls, DriverCursor) else type(cls.__name__, (DriverCursor, cls), {})


def _timed(method: Callable[..., Any], recorder: Any, statement: Statement) -> Callable[..., Any]:
    def timed(*args: Any, **kwargs: Any) -> Any:
        started = perf_counter_ns()
        try:
            return method(*args, **kwargs)
        finally:
            statement.fetch_ns += perf_counter_ns() - started
            recorder.check()

    return timed
