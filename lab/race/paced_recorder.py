from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any, Self

from lab.race.session import Session
from lab.recording.recorder import Recorder
from lab.recording.statements import Statement


class PacedRecorder(Recorder):
    """Records, and holds each statement until its session has a turn."""

    def __init__(self, *args: Any, session: Session, **options: Any) -> None:
        super().__init__(*args, **options)
        self.session = session

    def __enter__(self) -> Self:
        super().__enter__()
        wrappers = self.connection.execute_wrappers
        wrappers.insert(0, wrappers.pop())  # outside the Monitor's: what it sends again is one statement
        return self

    def timed(self, statement: Statement) -> AbstractContextManager[None]:
        self.session.arrive(statement)
        return super().timed(statement)

    def fetched(self, statement: Statement, rows: Sequence[Any], started: int) -> None:
        super().fetched(statement, rows, started)
        self.session.fetched(rows)
