"""The databases that code can reach, from its own thread and from every thread that it starts.

To Django each thread has connections of its own, to the site's databases. While code runs on a shelf, its threads
get connections to that shelf instead, or beside it, seen by whatever watches the run, and closed with it.
"""

import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures.thread import ThreadPoolExecutor, _worker
from contextlib import ExitStack, contextmanager, suppress
from functools import partial, wraps
from threading import Lock, Thread, current_thread, local
from time import monotonic
from types import FrameType
from typing import Any, NoReturn

from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import DEFAULT_DB_ALIAS, ConnectionHandler

from lab.exceptions import BoundReached, LabError
from lab.watcher import Watcher

_PATIENCE = 1.0  # seconds in which threads must have ended, once their run has
_LOOK = 0.002  # seconds between two looks at a thread
_ONE_THREAD = (
    "A thread asks the database where one thread alone may: in a session of a race, or in watch() or invariant()."
    " Ask in the session itself."
)
_NO_DATABASE = 'There is no database “{alias}” in a run. To have it, say databases = ["{alias}"] in lesson.toml.'
_STILL_AT_WORK = (
    "The run has returned, and a thread that it started is still at work. Let run() wait for it: join() the"
    " thread, or use the ThreadPoolExecutor in a `with` statement."
)
_TOO_LATE = (
    "A thread asks the database after the run that started it has returned. Start threads in run(), and wait there"
    " for their end."
)

Beside = Mapping[str, str] | None  # {alias: its NAME} of further databases on the same server

_own = local()


class Reach:
    """connection: to "default". threads: whether those that are started get connections of their own"""

    def __init__(self, connection: BaseDatabaseWrapper, *, threads: bool, beside: Beside = None) -> None:
        self.watcher: Watcher | None = None
        self.fatal: LabError | None = None  # what the code's own `except` must not hide
        self.may_start_processes = self.may_leave_threads = False
        self.connections = [connection]
        self._beside = beside or {}
        self._may_thread = threads
        self._threads: list[Thread] = []
        self._further = ExitStack()  # its connections but the first
        self._opening = Lock()
        self._is_over = False

    def connection(self, alias: str) -> BaseDatabaseWrapper:
        """A new connection, which is opened with its first query: for a thread, or to a further database."""
        if alias in self._beside:
            further: BaseDatabaseWrapper = self.connections[0].copy(alias)
            further.settings_dict["NAME"] = self._beside[alias]
            return further
        if alias != DEFAULT_DB_ALIAS:
            self.refuse(_NO_DATABASE.format(alias=alias))
        if not self._may_thread:
            self.refuse(_ONE_THREAD)
        return self.connections[0].copy()

    def adopt(self, connection: BaseDatabaseWrapper) -> None:
        """Let a copy of one of its connections be one of its own."""
        with self._opening:
            if self._is_over:
                self.refuse(_TOO_LATE)
            self.connections.append(connection)
            self._further.callback(self._close, connection)
            if self.watcher is not None:
                self.watcher.watch(connection)

    def bind(self, thread: Thread, frame: FrameType) -> None:
        """Let a thread that is about to be started at `frame` reach what the code reaches."""
        run: Callable[[], None] = thread.run
        if self.watcher is not None:
            run = self.watcher.bind(run, frame)
        if self._may_thread:
            self._threads.append(thread)
        thread.run = partial(self._run, run)  # type: ignore[method-assign]

    def _run(self, run: Callable[[], None]) -> None:
        _own.reach = self
        try:
            run()
        except BoundReached:  # the run's, which tells of it
            pass
        except LabError as error:
            self.fatal = self.fatal or error
        except Exception:  # of a run that was cut short: a statement that was cancelled, or what comes of that
            if self.watcher is None or not self.watcher.is_stopped:
                raise

    def refuse(self, why: str) -> NoReturn:
        self.fatal = LabError(why)
        raise self.fatal

    def wait(self) -> None:
        """Wait for its threads. Raises LabError where one goes on, and whatever else was refused and hidden."""
        deadline = monotonic() + _PATIENCE
        while at_work := [each for each in self._threads if _is_at_work(each) and not self.may_leave_threads]:
            if monotonic() > deadline:
                self.refuse(_STILL_AT_WORK)
            at_work[0].join(_LOOK)
        if self.fatal is not None:
            raise self.fatal

    def _close(self, connection: BaseDatabaseWrapper) -> None:
        """For good, whichever thread has opened it."""
        connection.connect = partial(self.refuse, _TOO_LATE)
        connection.inc_thread_sharing()
        with suppress(DatabaseError):  # it may be closed already, by its thread's own code
            connection.close()

    def end(self) -> None:
        with self._opening:
            self._is_over = True
        self._further.close()


def current() -> Reach | None:
    """That of the code under way in this thread."""
    return getattr(_own, "reach", None)


def allow(*, processes: bool = False, threads: bool = False) -> None:
    """Let the code under way in this thread start processes, or leave threads at work when it ends."""
    if (own := current()) is not None:
        own.may_start_processes |= processes
        own.may_leave_threads |= threads


@contextmanager
def reach(connection: BaseDatabaseWrapper, *, threads: bool, beside: Beside = None) -> Iterator[Reach]:
    """Let a new Reach be this thread's until the end of the block. Raises LabError as its wait() does."""
    outer, inner = current(), Reach(connection, threads=threads, beside=beside)
    _own.reach = inner
    try:
        yield inner
        inner.wait()
    finally:
        _own.reach = outer
        inner.end()


def install() -> None:
    """Let Django and threads ask whether code has a Reach. Changes nothing for code that has none."""
    asking: list[tuple[type, str, Callable[..., Any]]] = [
        (ConnectionHandler, "create_connection", _creating),
        (Thread, "start", _starting),
        (ThreadPoolExecutor, "submit", _submitting),
    ]
    for owner, name, ask_first in asking:
        setattr(owner, name, ask_first(getattr(owner, name)))


def _creating(create_connection: Callable[..., BaseDatabaseWrapper]) -> Callable[..., BaseDatabaseWrapper]:
    @wraps(create_connection)
    def create(handler: ConnectionHandler, alias: str) -> BaseDatabaseWrapper:
        reach = current()
        return create_connection(handler, alias) if reach is None else reach.connection(alias)

    return create


def _starting(start: Callable[[Thread], None]) -> Callable[[Thread], None]:
    @wraps(start)
    def start_bound(thread: Thread) -> None:
        if (reach := current()) is not None:
            reach.bind(thread, sys._getframe(1))
        start(thread)

    return start_bound


def _submitting(submit: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(submit)
    def submit_bound(pool: ThreadPoolExecutor, work: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        if (reach := current()) is not None and reach.watcher is not None:
            work = reach.watcher.bind(work, sys._getframe(1))
        return submit(pool, work, *args, **kwargs)

    return submit_bound


def _is_at_work(thread: Thread) -> bool:
    """Whether it lives and does something: a worker that waits for work ends when its pool is no longer needed."""
    if not thread.is_alive() or thread is current_thread():
        return False
    frame = sys._current_frames().get(thread.ident or 0)
    return frame is not None and frame.f_code is not _worker.__code__
