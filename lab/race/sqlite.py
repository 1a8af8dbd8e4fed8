"""SQLite's locks, waited for by turns.

SQLite waits by calling its busy handler, which sleeps and tries again, so that it is chance who gets a lock first.
Here a connection never waits (busy_timeout 0). A statement that SQLite refuses with SQLITE_BUSY is tried again
whenever another session has had a turn, where SQLite would have called its busy handler; where it would not, the
error stands, as it does once time has passed (lab.race.WAIT). It calls none within a transaction that has read or
written already, but for COMMIT (sqlite3BtreeBeginTrans in its btree.c; documented for
sqlite3_busy_handler).
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from typing import Any

from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper

from lab.engines.sql import execute_unseen
from lab.race.monitors import Monitor
from lab.race.report import End
from lab.race.session import Session, Waits
from lab.recording.statements import WRITES, Statement

_CHANGES = {"alter", "analyze", "create", "drop", "reindex", "replace"}  # they take a writer's lock too
DEFERRED, IMMEDIATE, WAL = "deferred", "immediate", "wal"


class SQLiteMonitor(Monitor):
    """Every level is serializable. They differ in when a transaction locks, and in the journal."""

    levels = {
        DEFERRED: "a transaction locks with its first read, and more with its first write",
        IMMEDIATE: "a transaction takes the one lock of writers when it begins",
        WAL: "deferred, with a write-ahead log: readers and a writer let each other be",
    }

    def __init__(self, observer: BaseDatabaseWrapper, isolation: str | None = None) -> None:
        super().__init__(observer, isolation)
        self._handlers: dict[Session, _BusyHandler] = {}
        if self.isolation == WAL:
            observer.connection.execute("PRAGMA journal_mode = WAL")

    def let_wait(self, connection: BaseDatabaseWrapper, seconds: float) -> None:
        connection.ensure_connection()
        execute_unseen(connection, f"PRAGMA busy_timeout = {int(seconds) * 1000}")

    def enter(self, session: Session, connection: BaseDatabaseWrapper) -> None:
        self.let_wait(connection, 0)
        connection.transaction_mode = "IMMEDIATE" if self.isolation == IMMEDIATE else None
        if session not in self._handlers:
            self._handlers[session] = _BusyHandler(session, connection, others=partial(self._in_the_way, session))

    def waits(self, sessions: list[Session], running: list[Session]) -> Waits:
        return {}  # they tell it themselves, see Session.wait_for

    def end_of(self, error: BaseException) -> End | None:
        code = getattr(error.__cause__, "sqlite_errorcode", 0)
        return End.LOCKED if code & 0xFF == sqlite3.SQLITE_BUSY else None

    def _in_the_way(self, session: Session) -> tuple[str, ...]:
        """Names of the sessions whose locks can keep this one waiting: a writer's, else the readers'."""
        others = [handler for other, handler in self._handlers.items() if other is not session and handler.is_open]
        writers = [handler for handler in others if handler.wrote]
        return tuple(handler.session.name for handler in writers or others)


class _BusyHandler:
    """Lets the statements of one connection through, or makes its session wait."""

    def __init__(
        self, session: Session, connection: BaseDatabaseWrapper, *, others: Callable[[], tuple[str, ...]]
    ) -> None:
        self.session, self.django, self._others = session, connection, others
        self.wrote = False  # in the transaction under way: it has the lock that one alone can have
        self._touched = False  # it has read or written in it
        connection._commit = partial(self._patiently, connection._commit)
        connection.execute_wrappers.append(self._execute)

    @property
    def is_open(self) -> bool:
        """Whether it has a lock."""
        return self._touched and self._in_transaction

    @property
    def _in_transaction(self) -> bool:
        return self.django.connection is not None and self.django.connection.in_transaction

    def _execute(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        cursor = context["cursor"]
        if isinstance(cursor.cursor, _Fetched):
            cursor.cursor = cursor.cursor.cursor
        send = partial(execute, sql, params, many, context)
        statement = Statement(sql, params, many, None, "")
        is_write = statement.kind in WRITES or statement.word in _CHANGES
        is_transaction = statement.kind == "transaction"
        if not self._in_transaction:
            self.wrote = self._touched = False
        if self._in_transaction and (self._touched or is_transaction) and statement.word != "commit":
            result = send()  # refused at once, or not at all
        elif is_write and not self._in_transaction:
            returns = " RETURNING " in sql.upper()
            result = self._write_alone(partial(_send_and_fetch, send, cursor) if returns else send)
        else:
            result = self._patiently(send)
        self.wrote = self.wrote or is_write or "IMMEDIATE" in sql
        self._touched = self.wrote or self._touched or not is_transaction
        return result

    def _write_alone(self, send: Callable[[], Any]) -> Any:
        """Outside a transaction SQLite keeps its lock while it waits to commit; trying again would give it up."""
        try:
            return send()
        except OperationalError as error:
            if not _is_busy(error):
                raise
        driver = self.django.connection
        with self.django.wrap_database_errors:
            self._patiently(partial(driver.execute, "BEGIN IMMEDIATE"))
        self.wrote = self._touched = True
        try:
            result = send()
            with self.django.wrap_database_errors:
                self._patiently(partial(driver.execute, "COMMIT"))
        finally:
            if driver.in_transaction:
                driver.execute("ROLLBACK")
        return result

    def _patiently(self, send: Callable[[], Any]) -> Any:
        while True:
            try:
                return send()
            except (OperationalError, sqlite3.OperationalError) as error:
                if not _is_busy(error) or not self.session.wait_for(self._others()):
                    raise


def _send_and_fetch(send: Callable[[], Any], cursor: Any) -> Any:
    """Without a transaction, a statement that returns rows commits with the last of them."""
    result = send()
    with cursor.db.wrap_database_errors:
        cursor.cursor = _Fetched(cursor.cursor, cursor.cursor.fetchall())
    return result


class _Fetched:
    """A cursor of the driver whose rows were fetched already."""

    def __init__(self, cursor: Any, rows: Iterable[Any]) -> None:
        self.cursor, self._rows = cursor, iter(rows)

    def fetchone(self) -> Any:
        return next(self._rows, None)

    def fetchmany(self, size: int = 1) -> list[Any]:
        return list(islice(self._rows, size))

    def fetchall(self) -> list[Any]:
        return list(self._rows)

    def __iter__(self) -> Iterator[Any]:
        return self._rows

    def __getattr__(self, name: str) -> Any:
        return getattr(self.cursor, name)


def _is_busy(error: BaseException) -> bool:
    code = getattr(error, "sqlite_errorcode", 0) or getattr(error.__cause__, "sqlite_errorcode", 0)
    return code & 0xFF == sqlite3.SQLITE_BUSY
