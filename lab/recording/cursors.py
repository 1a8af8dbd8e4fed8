import sys
from collections.abc import Callable, Iterator, Sequence
from time import perf_counter_ns
from typing import Any

from django.db import DatabaseError

from lab.recording.statements import Statement


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
        self.statement = recorder.note(f"CALL {procname}", params, False, sys._getframe(1))
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
