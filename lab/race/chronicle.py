"""Tells what a turn of a race did: makes the values of lab.race.report of sessions that stand still."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.db import DatabaseError

from lab.race.monitors import Monitor, end_of
from lab.race.report import Finish, Step, Turn, Wait
from lab.race.rules import fault_of
from lab.race.session import OpenTurn, Session, State, Waits
from lab.recording.places import PlaceStrategy
from lab.recording.statements import SAVEPOINT_NAME

_UNSEEN = "A look would have to wait for a lock here: these rows are as they were last seen."
_COPY = re.compile(r"[`\"]?\w+_scratch_[0-9a-f]+[`\"]?\.?")


class Chronicle:
    """rows: returns the rows at stake as the observer sees them, see Rules.rows()"""

    def __init__(
        self,
        sessions: list[Session],
        *,
        monitor: Monitor,
        places: PlaceStrategy,
        rows: Callable[[], tuple[Any, ...] | None],
    ) -> None:
        self.sessions, self.monitor, self.places = sessions, monitor, places
        self.turns: list[Turn] = []
        self._rows_at_stake = rows
        self._last_rows: tuple[Any, ...] | None = None
        self.finishes: list[Finish] = []

    def tell(self, name: str, could: tuple[str, ...], waits: Waits) -> None:
        """Note the turn of the session `name`. waits: {session: names}, of those that wait in the database"""
        number = len(self.turns) + 1
        self.turns.append(Turn(number=number, session=name, could=could, **self._state(number, waits)))

    def amend(self, waits: Waits) -> None:
        """Add to the last turn what has ended since."""
        if self.turns:
            last = self.turns.pop()
            state = self._state(last.number, waits)
            for key in ("steps", "finishes"):
                state[key] = getattr(last, key) + state[key]
            self.turns.append(replace(last, **state))

    def committed(self) -> dict[str, Any]:
        """The rows at stake, as keywords of Turn: seen now, or last, and why."""
        unseen = ""
        try:
            self._last_rows = self._rows_at_stake()
        except DatabaseError as error:  # a lock of all rows: of a table that changes, or of SQLite's COMMIT
            if not self.monitor.end_of(error):
                raise fault_of("watch()", error) from error
            unseen = _UNSEEN
        return {"rows": self._last_rows, "unseen": unseen}

    def note_finishes(self) -> tuple[Finish, ...]:
        """Return the Finishes of those sessions that have ended since the last call."""
        told = {finish.session for finish in self.finishes}
        ended = [each for each in self.sessions if each.state is State.ENDED and each.name not in told]
        found = tuple(self._finish(session) for session in ended)
        self.finishes += found
        return found

    def _state(self, number: int, waits: Waits) -> dict[str, Any]:
        """What has ended in this turn, and how it leaves the race, as keywords of Turn."""
        return {
            "steps": self._steps(number),
            "waits": tuple(self._wait(session, waits) for session in self.sessions if session.is_waiting),
            "finishes": self.note_finishes(),
            **self.committed(),
        }

    def _steps(self, number: int) -> tuple[Step, ...]:
        ended = [(session.name, session.done.popleft()) for session in self.sessions for _ in [*session.done]]
        ended.sort(key=lambda step: step[1].number != number)  # its own first, then those that waited
        return tuple(self._step(name, turn, number) for name, turn in ended)

    def _step(self, name: str, turn: OpenTurn, number: int) -> Step:
        statement: Any = turn.statement  # a turn that is done has one
        return Step(
            session=name,
            kind=statement.kind,
            sql=statement.text,
            params=statement.params,
            before=tuple(each.text for each in turn.before),
            place=self.places.resolve(statement.spot),
            began=turn.number,
            ended=number,
            waited_for=tuple(turn.waited_for),
            rows=statement.rows,
            values=tuple(turn.values),
            affected=statement.affected,
            error=_without_made_names(statement.error),
            database=statement.database,
        )

    def _wait(self, session: Session, waits: Waits) -> Wait:
        turn = session.open_turn
        statement = turn.statement or turn.before[-1]
        return Wait(
            session=session.name,
            waits_for=tuple(waits.get(session, turn.waited_for)),
            place=self.places.resolve(statement.spot),
            sql=statement.text,
            params=statement.params,
        )

    def _finish(self, session: Session) -> Finish:
        error = session.error
        return Finish(
            session=session.name,
            end=end_of(session, self.monitor),
            error=None if error is None else _without_made_names(f"{type(error).__name__}: {error}"),
            result=session.result,
        )


def _without_made_names(error: str | None) -> str | None:
    """What a database says, without the names of this run's copy and savepoints: the same in each run."""
    return error and SAVEPOINT_NAME.sub("…", _COPY.sub("", error))
