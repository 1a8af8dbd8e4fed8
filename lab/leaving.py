"""Who asked for a run may leave before it has ended: it is stopped then, and nothing is made of it.

The lab knows no HTTP: whoever calls it says by calling() how to find out.
"""

import select
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Event, Lock, Thread
from time import monotonic
from typing import Protocol

from lab.exceptions import Left
from lab.reach import Reach

LOOK = 0.1  # seconds between two looks at whether somebody still waits


class Caller:
    """Who waits for what is under way in this thread. `has_left`: a callable, asked from any thread"""

    def __init__(self, has_left: Callable[[], bool]) -> None:
        self.has_left = has_left
        self.reached: list[Reach] = []  # what code has under way for it
        self.lock = Lock()

    def stop_all(self) -> None:
        with self.lock:
            for reach in self.reached:
                if reach.watcher is not None:
                    reach.watcher.stop()
                for connection in list(reach.connections):
                    connection.stop()


_caller: ContextVar[Caller | None] = ContextVar("caller", default=None)


def is_left_alone(pipe: int) -> bool:
    """Whether the other end of a pipe, or a socket, is closed. Windows cannot tell. pipe: its file descriptor"""
    if not hasattr(select, "poll"):
        return False
    poll = select.poll()
    poll.register(pipe, 0)  # asks for nothing: that the other end is closed is always told
    return any(event & select.POLLHUP for _, event in poll.poll(0))


class Waitable(Protocol):
    """A lock, or a semaphore."""

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool: ...


@contextmanager
def calling(has_left: Callable[[], bool]) -> Iterator[None]:
    """Work for a caller, in this thread, until the block ends. What runs raises Left once `has_left()`."""
    token = _caller.set(Caller(has_left))
    try:
        yield
    finally:
        _caller.reset(token)


def check() -> None:
    """Raise Left where the caller has left. Elsewhere, and for no caller at all, do nothing."""
    if (caller := _caller.get()) is not None and caller.has_left():
        raise Left("stopped, since the reader has left")


def acquire(lock: Waitable, patience: float) -> bool:
    """Acquire a lock, within `patience` seconds. Return whether it was got. Raises Left."""
    deadline = monotonic() + patience
    while not lock.acquire(timeout=min(LOOK, max(0, deadline - monotonic()))):
        check()
        if monotonic() >= deadline:
            return False
    return True


@contextmanager
def watched() -> Iterator[None]:
    """Look, until the block ends, whether the caller has left; stop what it has under way then, and raise Left.

    Whatever the block itself makes of being stopped, nobody is there to be told.
    """
    check()
    if (caller := _caller.get()) is None:
        yield
        return
    over = Event()
    watcher = Thread(target=_watch, args=(caller, over), name="leaving", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()
        check()


def _watch(caller: Caller, over: Event) -> None:
    """Again and again: the code may go on with another statement."""
    while not over.wait(LOOK):
        if caller.has_left():
            caller.stop_all()


@contextmanager
def stoppable(reach: Reach) -> Iterator[None]:
    """Let what code reaches be stopped when the caller leaves. Changes nothing where there is none."""
    if (caller := _caller.get()) is None:
        yield
        return
    with caller.lock:
        caller.reached.append(reach)
    try:
        yield
    finally:
        with caller.lock:
            caller.reached.remove(reach)
