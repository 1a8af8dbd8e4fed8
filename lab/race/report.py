"""What a race did: plain, frozen values that pages, commands and checks are made of."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import DEFAULT_DB_ALIAS

from lab.recording.places import Place
from lab.recording.report import Status
from lab.recording.statements import WRITES, Asked

WAIT = "wait"  # in the place of a session's name: a turn in which time passes, until the database ends a wait


class End(StrEnum):
    """How a session ended."""

    COMMITTED = "committed"  # its function returned
    ROLLED_BACK = "rolled back"  # it undid its last transaction; it returned, or raised an error of its own
    DEADLOCK = "deadlock"
    SERIALIZATION_FAILURE = "serialization failure"
    LOCK_TIMEOUT = "lock timeout"
    LOCKED = "locked"  # refused a lock at once: NOWAIT, or SQLite's “database is locked”
    INTEGRITY_ERROR = "integrity error"
    ERROR = "error"  # any other exception


@dataclass(frozen=True, kw_only=True)
class Step(Asked):
    """One statement of a session that takes a turn: a query, a COMMIT or a ROLLBACK. Turns count from 1."""

    session: str
    kind: str
    sql: str
    params: object
    before: tuple[str, ...]  # statements that take no turn and came with it: BEGIN, SAVEPOINT
    place: Place | None
    began: int  # the turn it took
    ended: int  # the turn in which it ended: a later one, if it had to wait
    waited_for: tuple[str, ...]  # the sessions whose lock it waited for
    rows: int  # fetched
    values: tuple[Any, ...]  # the first few of them
    affected: int  # rows inserted, updated or deleted, see lab.recording.statements
    error: str | None
    database: str = DEFAULT_DB_ALIAS

    @property
    def waited(self) -> bool:
        return bool(self.waited_for)

    @property
    def is_write(self) -> bool:
        return self.kind in WRITES


@dataclass(frozen=True, kw_only=True)
class Wait:
    """A session that stands still at the end of a turn."""

    session: str
    waits_for: tuple[str, ...]
    place: Place | None
    sql: str
    params: object


@dataclass(frozen=True, kw_only=True)
class Finish:
    """How a session ended."""

    session: str
    end: End
    error: str | None  # "OperationalError: deadlock detected", where it raised one
    result: object  # what its function returned


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One turn, and the state in which it left the race."""

    number: int
    session: str  # or WAIT
    could: tuple[str, ...]  # the sessions that might have had it
    steps: tuple[Step, ...]  # those that ended in it: its own, and any that waited for it
    waits: tuple[Wait, ...]
    finishes: tuple[Finish, ...]
    rows: tuple[Any, ...] | None  # committed, as watch() returns them
    unseen: str = ""  # why nobody could look at them now; they are then as they were last seen


@dataclass(frozen=True, kw_only=True)
class RaceReport:
    status: Status
    error: str | None = None  # why it was stopped, or cannot run
    turns: tuple[Turn, ...] = ()
    finishes: tuple[Finish, ...] = ()  # of all turns, and of sessions that ended before the first
    rows: tuple[Any, ...] | None = None  # before the first turn, as watch() returns them
    seen: tuple[Any, ...] | None = None  # what a session itself would see after the last turn, where one was asked
    kept: bool | None = None  # whether the invariant is; None where the race did not end
    words: str = ""  # of the invariant
    remark: str = ""  # what was left to chance

    @property
    def schedule(self) -> tuple[str, ...]:
        """The sessions, in the order of the turns they had; WAIT where time passed."""
        return tuple(turn.session for turn in self.turns)

    @property
    def outcome(self) -> dict[str, str]:
        """How each session ended, and the invariant: {name: text}, as lesson.toml declares it."""
        ends = {finish.session: str(finish.end) for finish in self.finishes}
        if self.kept is not None:
            ends["invariant"] = "kept" if self.kept else "broken"
        return ends
