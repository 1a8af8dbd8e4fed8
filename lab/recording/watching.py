"""Stands on one connection and tells a recorder of every statement.

On Django's public `execute_wrapper` and the connection's two cursor factories. COMMIT, ROLLBACK and the BEGIN of
engines other than SQLite pass by `execute_wrapper`, so the three methods that send them are wrapped too; and what
goes past Django is met at the driver. Everything is set on the one connection and taken off again.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from time import perf_counter_ns
from typing import Any

from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorDebugWrapper, CursorWrapper

from lab.engines.sql import unseen
from lab.recording.drivers import watch_driver
from lab.recording.statements import Statement, as_sent

_MISSING = object()


class Watch:
    """recorder: the lab.recording.recorder.Recorder that is told"""

    def __init__(self, connection: BaseDatabaseWrapper, recorder: Any) -> None:
        self.connection: Any = connection
        self.recorder = recorder
        self.outer: Watch | None = None  # that of a recorder around this one, which sees the statements first
        self._replaced: list[tuple[Any, str, Any]] = []  # (owner, name, value) of attributes

    def begin(self) -> None:
        connection = self.connection
        self.outer = getattr(connection, "watch", None)
        self._put("watch", self)
        self._put("expected", getattr(connection, "expected", 0))
        self._put("sent", getattr(connection, "sent", None))
        if connection.connection is not None:
            self._hold()
        own = {"recorder": self.recorder}
        cursors = type("RecordingCursor", (RecordingCursor, CursorWrapper), own)
        debug_cursors = type("RecordingDebugCursor", (RecordingCursor, CursorDebugWrapper), own)
        self._put("make_cursor", lambda cursor: cursors(cursor, connection))
        self._put("make_debug_cursor", lambda cursor: debug_cursors(cursor, connection))
        self._put("_commit", self._transaction("COMMIT", connection._commit))
        self._put("_rollback", self._transaction("ROLLBACK", connection._rollback))
        self._put("_set_autocommit", self._transaction("BEGIN", connection._set_autocommit))
        self._put("connect", self._connecting(connection.connect))
        connection.execute_wrappers.append(self._execute)
        tell = partial(self._tell, connection.ops.last_executed_query)
        self._put("last_executed_query", tell, owner=connection.ops)

    def end(self) -> None:
        self.connection.execute_wrappers.remove(self._execute)
        for owner, name, value in self._replaced:
            if value is _MISSING:
                delattr(owner, name)  # the class's own shows again
            else:
                setattr(owner, name, value)

    def _tell(self, last_executed_query: Callable[..., str], *args: Any) -> str:
        """What a log is told. On SQLite, Django has the driver quote the parameters by a statement."""
        with unseen(self.connection):
            return last_executed_query(*args)

    def lift(self) -> None:
        """Let statements take as long as they could before."""
        if self.connection.connection is None:
            return
        if self.outer is not None:
            self.outer._hold()
            return
        # Within a transaction that has failed nothing can be set, nor on a server that is gone.
        with suppress(self.connection.Database.Error):
            self.recorder.engine.let_run(self.connection)

    def _hold(self) -> None:
        """Bound its statements, and meet what goes past Django: whenever it connects to the server."""
        self.recorder.engine.interrupt(self.connection, self.recorder.bounds.seconds)
        watch_driver(self.connection)

    def _put(self, name: str, value: Any, *, owner: Any = None) -> None:
        owner = self.connection if owner is None else owner
        self._replaced.append((owner, name, vars(owner).get(name, _MISSING)))
        setattr(owner, name, value)

    def _execute(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        """The execute_wrapper. Only notes on the way; lab.recording.report works out the rest."""
        cursor, connection = context["cursor"], self.connection
        kept, params = as_sent(params, many)
        statement = self.recorder.note(sql, kept, many, sys._getframe(1), connection.alias)
        if self.outer is not None:
            statement.also = (self.outer.recorder, cursor.statement)
        cursor.statement = statement
        sent = connection.sent
        connection.expected += 1
        try:
            with self.recorder.timed(statement):
                result = execute(sql, params, many, context)
            statement.executed(cursor.cursor)
        except Exception:
            # Django, or a wrapper of the lesson's own, may have refused it.
            if sent is not None and connection.sent == sent:
                self.recorder.forget(statement)
            raise
        finally:
            connection.expected -= 1
        # Some drivers return their own cursor, which would count no rows.
        return cursor if result is cursor.cursor else result

    def _transaction(self, sql: str, method: Callable[..., Any]) -> Callable[..., Any]:
        def recorded(*autocommit: bool) -> Any:
            if any(autocommit):  # nothing begins
                return method(*autocommit)
            with self.recorder.timed(
                self.recorder.note(sql, None, False, sys._getframe(1), self.connection.alias)
            ):
                return method(*autocommit)

        return recorded

    def _connecting(self, connect: Callable[[], None]) -> Callable[[], None]:
        """What Django sends to set a connection up is not counted: it is not for the first one, either."""

        def reconnect() -> None:
            wrappers = self.connection.execute_wrappers
            place = wrappers.index(self._execute)
            wrappers.remove(self._execute)
            try:
                connect()
            finally:
                wrappers.insert(place, self._execute)
            self._hold()

        return reconnect


class RecordingCursor:
    """Mixin of a cursor wrapper that counts and times what is fetched.

    `recorder` is set on a class made for it, `statement` by its execute_wrapper.
    """

    cursor: Any
    db: Any
    recorder: Any
    statement: Statement | None = None

    def fetchone(self) -> Any:
        return self._fetch(self.cursor.fetchone, _one)

    def fetchmany(self, *args: Any, **kwargs: Any) -> Any:
        return self._fetch(lambda: self.cursor.fetchmany(*args, **kwargs), _all)

    def fetchall(self) -> Any:
        return self._fetch(self.cursor.fetchall, _all)

    def __iter__(self) -> Iterator[Any]:
        rows = iter(self.cursor)
        while (row := self._fetch(lambda: next(rows, None), _one)) is not None:
            yield row

    def _fetch(self, fetch: Callable[[], Any], rows_of: Callable[[Any], Sequence[Any]]) -> Any:
        started = perf_counter_ns()
        try:
            with self.db.wrap_database_errors:
                result = fetch()
        except DatabaseError as error:
            if self.statement is not None:
                self.recorder.failed(self.statement, error)
            raise
        if self.statement is not None:
            rows = rows_of(result)
            self.recorder.fetched(self.statement, rows, started)
            if self.statement.rowcount < 0:
                self.statement.fetched(self.cursor, rows)
        return result

    def callproc(self, procname: str, params: Any = None, kparams: Any = None) -> Any:
        recorder = self.recorder
        self.statement = recorder.note(f"CALL {procname}", params, False, sys._getframe(1), self.db.alias)
        self.db.expected += 1
        try:
            with recorder.timed(self.statement):
                return super().callproc(procname, params, kparams)  # type: ignore[misc]  # of CursorWrapper
        finally:
            self.db.expected -= 1


def _one(row: Any) -> Sequence[Any]:
    return () if row is None else (row,)


def _all(rows: Sequence[Any]) -> Sequence[Any]:
    return rows
