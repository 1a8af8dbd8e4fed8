"""Runs sessions against each other, turn by turn.

The same schedule gives the same story: a session moves only when it has a turn, and the next turn is given only
when every session stands still: it holds before its next statement, waits for a lock, or has ended.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from time import monotonic
from typing import Any

from django.db import DatabaseError

from lab.engines import Engine
from lab.engines.base import Copy
from lab.exceptions import BoundReached, LabError
from lab.race.chronicle import Chronicle
from lab.race.isolation import MONITORS
from lab.race.monitors import Monitor, is_circle
from lab.race.report import RaceReport
from lab.race.rules import Rules
from lab.race.session import Board, Connect, PacedRecorder, Session, State, Waits
from lab.recording.bounds import Bounds
from lab.recording.places import PlaceStrategy
from lab.recording.report import Status
from lab.running.slot import slot
from lab.shelves import Prepare, Shelf, as_default

_GRACE = 0.05  # seconds in which a session whose statement was cancelled should end
_PATIENCE = 2.0  # seconds in which all should have ended
_LOOK = 0.002  # seconds between two looks at who waits, where a session stays under way


def run_race(
    rules: Rules,
    schedule: Sequence[str],
    *,
    shelf: Shelf,
    places: PlaceStrategy,
    isolation: str | None = None,
    prepare: Prepare | None = None,
    template: Copy | None = None,
    bounds: Bounds | None = None,
    look: str | None = None,
) -> RaceReport:
    """Run the sessions on a throw-away copy of the shelf, and return a RaceReport.

    schedule: names of sessions, one for each turn. The turn of a session that waits or has ended is skipped; when
      the schedule is used up, the first session that can goes on to its end, then the next.
    isolation: one of isolation_levels(), or None for the first
    prepare: as in Shelf.open()
    template: a Copy of the shelf that is prepared already; the race is run on a copy of that
    look: name of a session; the race is then broken off when the schedule is used up, and `seen` holds what that
      session sees of the rows at stake
    """
    bounds = bounds or Bounds()
    with (
        slot(),
        template.again() if template else shelf.copy(prepare=prepare) as copy,
        copy.connect() as observer,
    ):
        monitor = MONITORS[shelf.engine_name](observer, isolation)
        if reason := monitor.lacks_level():
            return RaceReport(status=Status.UNAVAILABLE, error=reason)
        with as_default(observer):
            race = _Race(rules, shelf.engine, monitor, copy.connect, places, bounds)
            return race.run(schedule, look)


class _Race:
    def __init__(
        self,
        rules: Rules,
        engine: Engine,
        monitor: Monitor,
        connect: Connect,
        places: PlaceStrategy,
        bounds: Bounds,
    ) -> None:
        self.rules, self.monitor, self.engine, self.bounds = rules, monitor, engine, bounds
        self.board = Board()
        self.deadline = monotonic() + bounds.seconds
        recorder = partial(PacedRecorder, engine=engine, places=places, bounds=bounds)
        self.sessions = [
            Session(name, function, board=self.board, connect=connect, monitor=monitor, recorder=recorder)
            for name, function in rules.functions.items()
        ]
        self.chronicle = Chronicle(self.sessions, monitor=monitor, places=places, rows=rules.rows)

    def run(self, schedule: Sequence[str], look: str | None) -> RaceReport:
        told: dict[str, Any] = {"rows": self.chronicle.committed()}
        try:
            with self._started():
                for name in self._order(schedule, breaks_off=look is not None):
                    self._take_turn(name)
                self._raise_faults()
                told["seen"] = self._seen_by(look) if look else None
        except BoundReached as bound:
            return RaceReport(status=Status.STOPPED, error=str(bound), **self._told(told))
        if not look:
            told["kept"], told["words"] = self.rules.judge({each.name: each.result for each in self.sessions})
        return RaceReport(status=Status.OK, **self._told(told))

    def _told(self, told: dict[str, Any]) -> dict[str, Any]:
        turns, finishes = tuple(self.chronicle.turns), tuple(self.chronicle.finishes)
        return {**told, "turns": turns, "finishes": finishes, "remark": self.monitor.remark}

    @contextmanager
    def _started(self) -> Iterator[None]:
        """Start the sessions, and see to it that none is left at the end of the block."""
        try:
            for session in self.sessions:
                session.start()
                self._settle()  # one after the other: what they do before their first turn is in order, too
            self.chronicle.note_finishes()
            yield
        finally:
            self._abandon()

    def _order(self, schedule: Sequence[str], *, breaks_off: bool) -> Iterator[str]:
        """Yield the name of who has the next turn, until all have ended."""
        for name in schedule:
            if name in self._could():
                yield name
        while not breaks_off and (could := self._could()):
            yield could[0]

    def _could(self) -> tuple[str, ...]:
        """The names of those that can have a turn. Where all wait, the database is given time to end a wait."""
        while not (ready := [session.name for session in self.sessions if session.state is State.READY]):
            if all(session.state is State.ENDED for session in self.sessions):
                break
            self._check()
            with self.board.condition:
                self.board.condition.wait(_LOOK)
            self.chronicle.amend(self._settle())
        return tuple(ready)

    def _take_turn(self, name: str) -> None:
        could = self._could()
        with self.board.condition:
            self._session(name).give(len(self.chronicle.turns) + 1)
        self._settle()
        self._ask_again()
        self.chronicle.tell(name, could, self._settle())

    def _session(self, name: str) -> Session:
        return next(session for session in self.sessions if session.name == name)

    def _settle(self) -> Waits:
        """Wait until no session moves. Returns {session: names} of those that wait for a lock in the database."""
        while True:
            with self.board.condition:
                self.board.condition.wait_for(lambda: not self._running(), timeout=_LOOK)
                running, changes = self._running(), self.board.changes
            if not running:
                return {}
            waits = self.monitor.waits(self.sessions, running)
            with self.board.condition:
                if changes == self.board.changes and waits.keys() >= set(running) and not is_circle(waits):
                    for session, names in waits.items():
                        session.note_wait(names)
                    return waits
            self._check()

    def _running(self) -> list[Session]:
        return [session for session in self.sessions if session.is_alive() and session.state is State.RUNNING]

    def _ask_again(self) -> None:
        """Let those that the database refused ask again, until none gets on."""
        moved = True
        while moved:
            moved = False
            waiting = [session for session in self.sessions if session.state is State.WAITING]
            longest_first = sorted(waiting, key=lambda session: session.open_turn.number)
            for session in longest_first:
                with self.board.condition:
                    session.ask_again()
                self._settle()
                moved = moved or session.state is not State.WAITING

    def _seen_by(self, name: str) -> tuple[Any, ...] | None:
        """What a session sees of the rows at stake; None where it cannot look, as after an error."""
        session = self._session(name)
        if session.state is not State.READY:
            return None
        session.connection.execute_wrappers.clear()  # the look takes no turn, and is not recorded
        with as_default(session.connection), suppress(DatabaseError):
            return self.rules.rows()
        return None

    def _check(self) -> None:
        if monotonic() > self.deadline:
            self.bounds.stop_at_seconds()

    def _abandon(self) -> None:
        with self.board.condition:
            self.board.abandoned = True
            self.board.condition.notify_all()
        deadline = monotonic() + _PATIENCE
        for session in self.sessions:
            while session.is_alive() and monotonic() < deadline:
                if session.state is State.RUNNING and session.connection is not None:
                    self.monitor.cancel(session)
                session.join(timeout=_GRACE)
            if session.is_alive() and session.connection is not None:
                session.connection.close()  # a thread cannot be ended from outside, but it shall hold no lock

    def _raise_faults(self) -> None:
        """Raise what is no outcome of a race: the lab's own errors, and a session's bound."""
        for session in self.sessions:
            if isinstance(session.error, DatabaseError) and (lost := self.engine.lost(session.error)):
                raise lost from session.error
            if isinstance(session.error, (LabError, BoundReached)):
                raise session.error
