"""Moves the sessions of a race, one at a time: after each move all stand still, until the next."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from lab import leaving
from lab.race.monitors import Monitor, is_circle
from lab.race.session import Board, Session, State, Waits
from lab.recording.bounds import Bounds

_GRACE = 0.05  # seconds in which a session whose statement was cancelled should end
_PATIENCE = 2.0  # seconds in which all should have ended
_FIRST_LOOK, _NEXT_LOOKS = 0.002, 0.02  # seconds: who stays under way long is looked at less often


def _pauses() -> Iterator[float]:
    """Seconds before each look at who waits. What the sessions themselves tell is known at once all the same."""
    pause = _FIRST_LOOK
    while True:
        yield pause
        pause = min(2 * pause, _NEXT_LOOKS)


class Conductor:
    """A session stands still where it holds before its next statement, waits for a lock, or has ended."""

    def __init__(self, sessions: list[Session], *, board: Board, monitor: Monitor, bounds: Bounds) -> None:
        self.sessions, self.board, self.monitor, self.bounds = sessions, board, monitor, bounds
        self.deadline = monotonic() + bounds.seconds
        self._pauses = _pauses()  # where all wait

    @contextmanager
    def started(self) -> Iterator[None]:
        """Start the sessions, and see to it that none is left at the end of the block."""
        try:
            for session in self.sessions:
                session.start()
                self._settle()  # one after the other: what they do before their first turn is in order, too
            yield
        finally:
            self._abandon()

    def session(self, name: str) -> Session:
        return next(session for session in self.sessions if session.name == name)

    def ready(self) -> tuple[str, ...]:
        """The names of those that can have a turn."""
        return tuple(session.name for session in self.sessions if session.state is State.READY)

    def have_ended(self) -> bool:
        return all(session.state is State.ENDED for session in self.sessions)

    def give_turn(self, name: str, number: int) -> Waits:
        """Let one have a turn, and those go on whom it released. Returns who waits then."""
        self._pauses = _pauses()
        with self.board.condition:
            self.session(name).give(number)
        self._settle()
        self._ask_again()
        return self._settle()

    def waiting(self) -> list[Session]:
        """Those that wait for a lock, who waits longest first."""
        waiting = [session for session in self.sessions if session.is_waiting]
        return sorted(waiting, key=lambda session: session.open_turn.number)

    def let_time_pass(self) -> Waits:
        """Until the database ends a wait. Returns who waits then."""
        waiting = self.waiting()
        if waiting[0].state is State.WAITING:  # SQLite's timeout is over
            with self.board.condition:
                waiting[0].give_up()
            self._settle()
        while set(waiting) <= set(self.waiting()):
            self.wait()
        self._ask_again()
        return self._settle()

    def wait(self) -> Waits:
        """Give the database time to end a wait. Returns who still waits."""
        self._check()
        with self.board.condition:
            self.board.condition.wait(next(self._pauses))
        return self._settle()

    def _settle(self) -> Waits:
        """Wait until no session moves. Returns those that wait for a lock in the database."""
        pauses = _pauses()
        while True:
            with self.board.condition:
                self.board.condition.wait_for(lambda: not self._running(), timeout=next(pauses))
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
            for session in [session for session in self.waiting() if session.state is State.WAITING]:
                with self.board.condition:
                    session.ask_again()
                self._settle()
                moved = moved or session.state is not State.WAITING

    def _check(self) -> None:
        leaving.check()
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
                    session.connection.cancel()
                session.join(timeout=_GRACE)
            if session.is_alive() and session.connection is not None:
                session.connection.close()  # a thread cannot be ended from outside, but it shall hold no lock
