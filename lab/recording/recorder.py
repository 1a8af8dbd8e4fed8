"""Sees every statement of a run on one connection, with its place, cause, rows and times.

It stands on Django's public `execute_wrapper` and on the connection's two cursor factories. COMMIT,
ROLLBACK and the BEGIN of engines other than SQLite pass by `execute_wrapper`, so the three methods that
send them are wrapped too. Everything is set on the one connection and taken off again.
"""

import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from time import perf_counter_ns
from types import FrameType, TracebackType
from typing import Any, NoReturn, Self

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorDebugWrapper, CursorWrapper

from lab.engines import Engine
from lab.exceptions import BoundReached, UndeclaredWrite
from lab.recording.bounds import Bounds
from lab.recording.cursors import RecordingCursor
from lab.recording.places import PlaceStrategy
from lab.recording.statements import Log, Statement


class Recorder:
    """Context manager that records what `connection` does.

    places: a place strategy, see lab.recording.places
    engine: the lab.engines.Engine of the connection, which knows what its errors mean
    """

    def __init__(
        self,
        connection: BaseDatabaseWrapper,
        *,
        engine: Engine,
        places: PlaceStrategy,
        bounds: Bounds | None = None,
    ) -> None:
        self.connection = connection
        self.places = places
        self.bounds = bounds or Bounds()
        self.engine = engine
        self.statements: list[Statement] = []
        self.log = Log(self.statements)
        self.rows = 0
        self.fatal: Exception | None = None  # what a lesson's own `except` must not hide
        self.bound: BoundReached | None = None  # nor asyncio.gather(return_exceptions=True)
        self.deadline = 0  # perf_counter_ns, set on entry

    def __enter__(self) -> Self:
        connection = self.connection
        # The deadline first: a statement that is interrupted has then reached it.
        self.deadline = perf_counter_ns() + int(self.bounds.seconds * 1e9)
        self.engine.interrupt(connection, self.bounds.seconds)
        cursors = type("RecordingCursor", (RecordingCursor, CursorWrapper), {"recorder": self})
        debug_cursors = type("RecordingDebugCursor", (RecordingCursor, CursorDebugWrapper), {"recorder": self})
        connection.make_cursor = lambda cursor: cursors(cursor, connection)
        connection.make_debug_cursor = lambda cursor: debug_cursors(cursor, connection)
        connection._commit = self._transaction("COMMIT", connection._commit)
        connection._rollback = self._transaction("ROLLBACK", connection._rollback)
        connection._set_autocommit = self._begin(connection._set_autocommit)
        connection.execute_wrappers.append(self._execute)
        return self

    def __exit__(self, *exception: object) -> None:
        connection = self.connection
        connection.execute_wrappers.remove(self._execute)
        for name in ("make_cursor", "make_debug_cursor", "_commit", "_rollback", "_set_autocommit"):
            delattr(connection, name)  # the class's own shows again

    def _execute(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        """The execute_wrapper. Only notes on the way; lab.recording.report works out the rest."""
        cursor = context["cursor"]
        statement = cursor.statement = self.note(sql, params, many, sys._getframe(1))
        with self.timed(statement):
            result = execute(sql, params, many, context)
        statement.rowcount = cursor.cursor.rowcount
        return result

    def note(self, sql: str, params: Any, many: bool, frame: FrameType) -> Statement:
        if len(self.statements) >= self.bounds.queries:
            self._stop(self.bounds.stop_at_queries)
        self.check()
        statement = Statement(sql, params, many, *self.places.locate(frame))
        self.statements.append(statement)
        return statement

    def timed(self, statement: Statement) -> AbstractContextManager[None]:
        return _Timed(self, statement)

    def fetched(self, statement: Statement, rows: Sequence[Any], started: int) -> None:
        """rows: the list of them; started: perf_counter_ns before the fetch"""
        statement.fetch_ns += perf_counter_ns() - started
        if rows and not statement.columns:
            # Not from cursor.description: psycopg makes it anew each time, at a tenth of a short query.
            statement.columns = len(rows[0])
        statement.rows += len(rows)
        self.rows += len(rows)
        self.check(self.rows)

    def check(self, rows: int = 0) -> None:
        """Stop the run where it has fetched or returned too many rows, or has run too long."""
        if rows > self.bounds.rows:
            self._stop(self.bounds.stop_at_rows)
        if perf_counter_ns() > self.deadline:
            self._stop(self.bounds.stop_at_seconds)

    def _stop(self, stop: Callable[[], NoReturn]) -> None:
        try:
            stop()
        except BoundReached as bound:
            self.bound = bound
            raise

    def failed(self, statement: Statement, error: Exception) -> None:
        """Note a database error, and raise a clearer one where the lab is its cause."""
        statement.error = f"{type(error).__name__}: {error}"
        self.check()  # an interrupted statement fails with an error of the driver's
        if lost := self.engine.lost(error):
            self.fatal = lost
            raise lost from error
        if self.engine.refused(error):
            self.fatal = UndeclaredWrite(
                f"This run may only read, and tried to write: {statement.sql[:80]}…"
                ' Declare it: access = "write" in lesson.toml gives every run a throw-away copy.'
            )
            raise self.fatal from error

    def _transaction(self, sql: str, method: Callable[[], Any]) -> Callable[[], Any]:
        def recorded() -> Any:
            with self.timed(self.note(sql, None, False, sys._getframe(1))):
                return method()

        return recorded

    def _begin(self, method: Callable[[bool], Any]) -> Callable[[bool], Any]:
        def recorded(autocommit: bool) -> Any:
            if autocommit:
                return method(autocommit)
            with self.timed(self.note("BEGIN", None, False, sys._getframe(1))):
                return method(autocommit)

        return recorded


class _Timed:
    """Times a statement's execution. A class, since a generator's frames would cost on every query."""

    __slots__ = ("recorder", "started", "statement")

    def __init__(self, recorder: Recorder, statement: Statement) -> None:
        self.recorder, self.statement = recorder, statement

    def __enter__(self) -> None:
        self.started = perf_counter_ns()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.statement.execute_ns = perf_counter_ns() - self.started
        if isinstance(error, Exception):
            self.recorder.failed(self.statement, error)
