"""Sees every statement of a run, with its place, cause, rows and times."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from functools import partial
from time import perf_counter_ns
from types import FrameType, TracebackType
from typing import Any, NoReturn, Self

from django.db import DEFAULT_DB_ALIAS
from django.db.backends.base.base import BaseDatabaseWrapper

from lab import reach
from lab.engines import Engine
from lab.exceptions import BoundReached, LabError, UndeclaredWrite
from lab.recording.bounds import Bounds
from lab.recording.coroutines import work_from
from lab.recording.places import PlaceStrategy
from lab.recording.statements import Log, Statement
from lab.recording.watching import Watch
from lab.watcher import Watcher


class Recorder:
    """Context manager that records what `connection` does, and those that the run opens beside it.

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
        self.bound: BoundReached | None = None  # nor asyncio.gather(return_exceptions=True)
        self.deadline = 0  # perf_counter_ns, set on entry
        self.fatal: Exception | None = None  # what a lesson's own `except` must not hide
        self._watches: list[Watch] = []
        self._reach: reach.Reach | None = None
        self._outer: Watcher | None = None  # which watched what is reached before

    def __enter__(self) -> Self:
        # The deadline first: a statement that is interrupted has then reached it.
        self.deadline = perf_counter_ns() + int(self.bounds.seconds * 1e9)
        self.connection.ensure_connection()
        self.watch(self.connection)
        self._reach = reach.current()
        if self._reach is not None:
            self._outer, self._reach.watcher = self._reach.watcher, self
        return self

    def __exit__(self, kind: object = None, *exception: object) -> None:
        try:
            if self._reach is not None:
                with suppress(LabError) if kind or self.bound or self.fatal else nullcontext():
                    self._reach.wait()
                self._reach.watcher = self._outer
        finally:
            for watch in reversed(self._watches):
                watch.end()
            self._watches[0].lift()

    def watch(self, connection: BaseDatabaseWrapper) -> None:
        watch = Watch(connection, self)
        self._watches.append(watch)
        watch.begin()

    def bind(self, work: Callable[..., Any], frame: FrameType) -> Callable[..., Any]:
        """See lab.watcher.Watcher: what a thread asks is where it was given its work, if it is nowhere else."""
        spot, *_ = self.places.locate(frame)
        return partial(work_from, spot, work)

    def note(
        self, sql: str, params: Any, many: bool, frame: FrameType, database: str = DEFAULT_DB_ALIAS
    ) -> Statement:
        if len(self.statements) >= self.bounds.queries:
            self._stop(self.bounds.stop_at_queries)
        self.check()
        statement = Statement(sql, params, many, *self.places.locate(frame))
        statement.database = database
        self.statements.append(statement)
        return statement

    def forget(self, statement: Statement) -> None:
        """It was refused before it was sent."""
        self.statements.remove(statement)

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
        if statement.also is not None:
            recorder, same = statement.also
            recorder.fetched(same, rows, started)
        self.check(self.rows)

    def check(self, rows: int = 0) -> None:
        """Stop the run where it has fetched or returned too many rows, or has run too long."""
        if rows > self.bounds.rows:
            self._stop(self.bounds.stop_at_rows)
        if perf_counter_ns() > self.deadline:
            self._stop(self.bounds.stop_at_seconds)

    @property
    def is_stopped(self) -> bool:
        return self.bound is not None

    def stop(self) -> None:
        """See lab.watcher.Watcher: check() costs no more than the deadline does."""
        self.deadline = 0

    def _stop(self, stop: Callable[[], NoReturn]) -> None:
        try:
            stop()
        except BoundReached as bound:
            # Without its traceback, whose frames hold the recorder: they would stay, and cursors open in them.
            self.bound = type(bound)(*bound.args)
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
