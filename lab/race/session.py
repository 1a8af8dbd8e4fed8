"""One session of a race: a function on a thread and a connection of its own, held before each of its turns."""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from enum import Enum, auto
from functools import partial
from threading import Condition, Thread
from typing import Any, Protocol

from django.db.backends.base.base import BaseDatabaseWrapper

from lab.recording.recorder import Recorder
from lab.recording.statements import Statement
from lab.running.runner import call

Connect = Callable[[], AbstractContextManager[BaseDatabaseWrapper]]
TakePlace = Callable[[BaseDatabaseWrapper], AbstractContextManager[Any]]
Waits = dict["Session", tuple[str, ...]]  # who waits, and the names of those whose locks they wait for

_KEPT = 5  # rows of a result that a step keeps


class State(Enum):
    RUNNING = auto()
    READY = auto()  # it holds before a statement, for want of a turn
    WAITING = auto()  # it holds a statement that the database refused, to ask again
    ENDED = auto()


class Abandoned(BaseException):
    """The race is over. Not an Exception, so that a lesson's own `except` cannot swallow it."""


class Board:
    """What the sessions and the race tell each other, under `condition`."""

    def __init__(self) -> None:
        self.condition = Condition()
        self.changes = 0  # of sessions' states
        self.abandoned = False


class OpenTurn:
    """A turn that a session was given, and what it does with it."""

    def __init__(self, number: int) -> None:
        self.number = number  # from 1
        self.before: list[Statement] = []  # statements that take no turn
        self.statement: Statement | None = None
        self.values: list[Any] = []  # rows fetched
        self.waited_for: list[str] = []


class SessionMonitor(Protocol):
    """What a session asks of the lab.race.monitors.Monitor of the engine."""

    def enter(self, session: "Session", connection: BaseDatabaseWrapper) -> None: ...

    def before(self, session: "Session", statement: Statement) -> None: ...


class Session(Thread):
    """connect: context manager that gives it a connection. take_place: one in which that is the default one"""

    def __init__(
        self,
        name: str,
        function: Callable[[], Any],
        *,
        board: Board,
        connect: Connect,
        take_place: TakePlace,
        monitor: SessionMonitor,
        recorder: Callable[..., Recorder],
    ) -> None:
        super().__init__(name=name, daemon=True)
        self.board, self.monitor = board, monitor
        self.state = State.RUNNING
        self.connection: Any = None  # its own, once it has one
        self.open_turn: Any = None  # the OpenTurn under way, or None
        self.done: deque[OpenTurn] = deque()
        self.had_turn = False
        self.last_transaction_word = ""
        self.result: Any = None
        self.error: BaseException | None = None
        self._function, self._connect, self._take_place, self._recorder = function, connect, take_place, recorder
        self._asks_again = self._gives_up = False

    # In its own thread.

    def run(self) -> None:
        try:
            with self._connect() as connection:
                connection.inc_thread_sharing()
                self.monitor.enter(self, connection)
                connection.connect = partial(self._reconnect, connection, connection.connect)
                self.connection = connection
                with self._take_place(connection), self._recorder(connection, session=self) as recorder:
                    self.result = call(self._function)
                    self.error = recorder.bound or recorder.fatal
        except Abandoned:
            pass
        except BaseException as error:  # whatever it is, it is this session's outcome
            self.error = error
        finally:
            with self.board.condition:
                self._end_turn()
                self._become(State.ENDED)

    def _reconnect(self, connection: BaseDatabaseWrapper, connect: Callable[[], None]) -> None:
        """A connection that the code closes and opens again is held as before."""
        connect()
        self.monitor.enter(self, connection)

    def arrive(self, statement: Statement) -> None:
        """Hold before a statement until there is a turn for it."""
        if self.board.abandoned:
            self._leave(statement)
            return
        if self.open_turn is None or self.open_turn.statement:
            self._hold(statement)
        self.monitor.before(self, statement)
        if takes_turn(statement):
            self.open_turn.statement = statement
            if statement.kind == "transaction":
                self.last_transaction_word = statement.word
        else:
            self.open_turn.before.append(statement)

    def wait_for(self, names: Iterable[str]) -> bool:
        """Hold, since these sessions have a lock that the database refused. Returns whether to ask again."""
        with self.board.condition:
            self.note_wait(names)
            self._asks_again = self._gives_up = False
            self._become(State.WAITING)
            self.board.condition.wait_for(lambda: self._asks_again or self._gives_up or self.board.abandoned)
        if not (self._asks_again or self._gives_up):
            raise Abandoned
        return self._asks_again

    def fetched(self, rows: Sequence[Any]) -> None:
        if self.open_turn is not None:
            self.open_turn.values += rows[: _KEPT - len(self.open_turn.values)]

    def _hold(self, statement: Statement) -> None:
        with self.board.condition:
            self._end_turn()
            self._become(State.READY)
            self.board.condition.wait_for(lambda: self.open_turn or self.board.abandoned)
        if self.open_turn is None:
            self._leave(statement)

    def _leave(self, statement: Statement) -> None:
        """A race that is over lets its sessions roll back, and nothing else."""
        if statement.word != "rollback":
            raise Abandoned

    def _end_turn(self) -> None:
        if self.open_turn is None:
            return
        if self.open_turn.statement is None and self.open_turn.before:  # it failed at BEGIN, say
            self.open_turn.statement = self.open_turn.before.pop()
        if self.open_turn.statement is not None:
            self.done.append(self.open_turn)
        self.open_turn = None

    # In the race's thread too, under the board's condition.

    def give(self, number: int) -> None:
        self.open_turn, self.had_turn = OpenTurn(number), True
        self._become(State.RUNNING)

    def ask_again(self) -> None:
        self._asks_again = True
        self._become(State.RUNNING)

    def give_up(self) -> None:
        """Ask no more: it has waited for as long as it may."""
        self._gives_up = True
        self._become(State.RUNNING)

    @property
    def is_waiting(self) -> bool:
        """Whether it stands still within a turn, for a lock."""
        return self.open_turn is not None and self.state in (State.RUNNING, State.WAITING)

    def note_wait(self, names: Iterable[str]) -> None:
        if self.open_turn is not None:
            self.open_turn.waited_for += [name for name in names if name not in self.open_turn.waited_for]

    def _become(self, state: State) -> None:
        self.state = state
        self.board.changes += 1
        self.board.condition.notify_all()


def takes_turn(statement: Statement) -> bool:
    """BEGIN and SAVEPOINT go with what follows, since not every engine is sent them."""
    return statement.kind != "transaction" or statement.word in {"commit", "rollback"}
