"""Who waits for whose lock, on each engine, and what the errors of locks and conflicts mean."""

from abc import ABC, abstractmethod

from django.db import DatabaseError, IntegrityError
from django.db.backends.base.base import BaseDatabaseWrapper

from lab.exceptions import LabError
from lab.race.report import End
from lab.race.session import Session, Waits
from lab.recording.statements import Statement

LOOK = 0.05  # seconds that a look at the rows at stake may wait for a lock


class Monitor(ABC):
    """Watches the sessions of one race by a connection of its own.

    observer: that connection, in autocommit
    isolation: one of `levels`, or None for the first
    """

    remark = ""  # what this server does not let the race decide
    levels: dict[str, str]  # {isolation level: what it does, as a clause}, the one that Django gives first

    def __init__(self, observer: BaseDatabaseWrapper, isolation: str | None = None) -> None:
        if isolation and isolation not in self.levels:
            levels = ", ".join(self.levels)
            raise LabError(f"There is no isolation level “{isolation}” on this engine. Give one of: {levels}.")
        self.observer = observer
        self.let_wait(observer, LOOK)
        self.isolation = isolation or next(iter(self.levels))

    @classmethod
    def settings(cls, connection: BaseDatabaseWrapper) -> dict[str, str]:
        """{name: value} of what decides what the server itself takes a level's name for."""
        return {}

    def lacks_level(self) -> str:
        """Why this server cannot have the level `isolation`; or nothing."""
        return ""

    @abstractmethod
    def let_wait(self, connection: BaseDatabaseWrapper, seconds: float) -> None:
        """Let no statement on the connection wait longer for a lock. It then fails with an error of end_of()."""

    @abstractmethod
    def enter(self, session: Session, connection: BaseDatabaseWrapper) -> None:
        """Set the connection of a session up, whenever it connects. Called in the session's thread."""

    def before(self, session: Session, statement: Statement) -> None:
        """Called in the session's thread before each of its statements, when it has its turn."""
        return

    @abstractmethod
    def waits(self, sessions: list[Session], running: list[Session]) -> Waits:
        """Return {session: (name, …)} of those of `running` that stand still, with whom they wait for."""

    @abstractmethod
    def end_of(self, error: BaseException) -> End | None:
        """Return the End that a database error means, or None."""


def end_of(session: Session, monitor: Monitor) -> End:
    """Return the End of a session that has ended."""
    if session.error is None:
        return End.ROLLED_BACK if session.last_transaction_word == "rollback" else End.COMMITTED
    if isinstance(session.error, IntegrityError):
        return End.INTEGRITY_ERROR
    if isinstance(session.error, DatabaseError):
        return monitor.end_of(session.error) or End.ERROR
    return End.ROLLED_BACK if session.last_transaction_word == "rollback" else End.ERROR


def is_circle(waits: Waits) -> bool:
    """Whether sessions wait for one another, which the database will end. waits: {session: names}"""
    waiting = {session.name: names for session, names in waits.items()}
    for name in waiting:
        reached: set[str] = set()
        ahead = [name]
        while ahead:
            for other in waiting.get(ahead.pop(), ()):
                if other == name:
                    return True
                if other not in reached:
                    reached.add(other)
                    ahead.append(other)
    return False
