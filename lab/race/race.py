"""Runs sessions against each other, turn by turn.

The same schedule gives the same story: a session moves only when it has a turn, and the next turn is given only
when every session stands still: it holds before its next statement, waits for a lock, or has ended.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from django.db import DatabaseError

from lab.default import as_default
from lab.engines import Engine
from lab.engines.base import Copy
from lab.exceptions import BoundReached, LabError
from lab.race.chronicle import Chronicle
from lab.race.conductor import Conductor
from lab.race.isolation import monitor_of
from lab.race.monitors import LOOK, Monitor
from lab.race.paced_recorder import PacedRecorder
from lab.race.report import WAIT, RaceReport
from lab.race.rules import Rules
from lab.race.session import Board, Connect, Session, State, TakePlace
from lab.recording.bounds import Bounds
from lab.recording.places import PlaceStrategy
from lab.recording.report import Status
from lab.running.closed import closed
from lab.shelves import Prepare, Shelf

_PATIENCE = 2.0  # seconds that the invariant may wait for what sessions left to be rolled back


def run_race(
    rules: Rules,
    schedule: Sequence[str],
    *,
    shelf: Shelf,
    places: PlaceStrategy,
    isolation: str | None = None,
    prepare: Prepare | None = None,
    template: Copy | None = None,
    databases: Sequence[str] = (),
    bounds: Bounds | None = None,
    look: str | None = None,
) -> RaceReport:
    """Run the sessions on a throw-away copy of the shelf, and return a RaceReport.

    schedule: names of sessions, one for each turn. The turn of a session that waits or has ended is skipped; when
      the schedule is used up, the first session that can goes on to its end, then the next. At WAIT time passes
      until the database ends a wait: by a timeout, say. Where nobody waits it is skipped.
    isolation: one of isolation_levels(), or None for the first
    prepare: as in Shelf.open()
    template: a Copy of the shelf that is prepared already; the race is run on a copy of that
    databases: as in Shelf.open(); who waits for whose lock is known of the first one alone
    look: name of a session; the race is then broken off when the schedule is used up, and `seen` holds what that
      session sees of the rows at stake
    """
    bounds = bounds or Bounds()
    with (
        closed(),
        shelf.copies(databases, prepare=prepare, template=template) as (copy, beside),
        copy.connect() as observer,
    ):
        monitor = monitor_of(shelf.engine_name)(observer, isolation)
        if reason := monitor.lacks_level():
            return RaceReport(status=Status.UNAVAILABLE, error=reason)
        take_place = partial(as_default, beside=beside)
        with take_place(observer):
            race = _Race(rules, shelf.engine, monitor, copy.connect, take_place, places, bounds)
            try:
                return race.run(schedule, look)
            except LabError as error:  # a fault of the rules, unless the engine is its cause
                lost = error.__cause__ and shelf.engine.lost(error.__cause__)
                raise lost or error from error.__cause__


class _Race:
    def __init__(
        self,
        rules: Rules,
        engine: Engine,
        monitor: Monitor,
        connect: Connect,
        take_place: TakePlace,
        places: PlaceStrategy,
        bounds: Bounds,
    ) -> None:
        self.rules, self.monitor, self.engine, self._take_place = rules, monitor, engine, take_place
        board = Board()
        recorder = partial(PacedRecorder, engine=engine, places=places, bounds=bounds)
        own: dict[str, Any] = {"board": board, "connect": connect, "take_place": take_place, "recorder": recorder}
        self.sessions = [
            Session(name, function, monitor=monitor, **own) for name, function in rules.functions.items()
        ]
        self.conductor = Conductor(self.sessions, board=board, monitor=monitor, bounds=bounds)
        self.chronicle = Chronicle(self.sessions, monitor=monitor, places=places, rows=rules.rows)

    def run(self, schedule: Sequence[str], look: str | None) -> RaceReport:
        told: dict[str, Any] = {"rows": self.chronicle.committed()["rows"]}
        try:
            with self.conductor.started():
                self.chronicle.note_finishes()
                for name in self._order(schedule, breaks_off=look is not None):
                    self._take_turn(name)
                self._raise_faults()
                told["seen"] = self._seen_by(look) if look else None
        except BoundReached as bound:
            return RaceReport(status=Status.STOPPED, error=str(bound), **self._told(told))
        if not look:
            self.monitor.let_wait(self.monitor.observer, _PATIENCE)
            told["kept"], told["words"] = self.rules.judge({each.name: each.result for each in self.sessions})
        return RaceReport(status=Status.OK, **self._told(told))

    def _told(self, told: dict[str, Any]) -> dict[str, Any]:
        turns, finishes = tuple(self.chronicle.turns), tuple(self.chronicle.finishes)
        return {**told, "turns": turns, "finishes": finishes, "remark": self.monitor.remark}

    def _order(self, schedule: Sequence[str], *, breaks_off: bool) -> Iterator[str]:
        """Yield the name of who has the next turn, until all have ended."""
        for name in schedule:
            has_turn = self.conductor.waiting() if name == WAIT else name in self._could()
            if has_turn:
                yield name
        while not breaks_off and (could := self._could()):
            yield could[0]

    def _could(self) -> tuple[str, ...]:
        """The names of those that can have a turn. Where all wait, the database is given time to end a wait."""
        while not (ready := self.conductor.ready()) and not self.conductor.have_ended():
            self.chronicle.amend(self.conductor.wait())
        return ready

    def _take_turn(self, name: str) -> None:
        if name == WAIT:
            could, waits = self.conductor.ready(), self.conductor.let_time_pass()
        else:
            could = self._could()
            waits = self.conductor.give_turn(name, len(self.chronicle.turns) + 1)
        self.chronicle.tell(name, could, waits)

    def _seen_by(self, name: str) -> tuple[Any, ...] | None:
        """What a session sees of the rows at stake; None where it cannot look, as after an error."""
        session = self.conductor.session(name)
        if session.state is not State.READY:
            return None
        session.connection.execute_wrappers.clear()  # the look takes no turn, and is not recorded
        with self._take_place(session.connection), suppress(DatabaseError):
            self.monitor.let_wait(session.connection, LOOK)
            return self.rules.rows()
        return None

    def _raise_faults(self) -> None:
        """Raise what is no outcome of a race: the lab's own errors, and a session's bound."""
        for session in self.sessions:
            if isinstance(session.error, DatabaseError) and (lost := self.engine.lost(session.error)):
                raise lost from session.error
            if isinstance(session.error, (LabError, BoundReached)):
                raise session.error
