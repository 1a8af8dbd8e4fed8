"""The side of who asks for a run. What reaches a runner is imported where runs are apart: a browser has none."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from lab.apart.leases import Lease

SECONDS = 30.0  # that a piece of work takes at the most, unless it says otherwise
_is_apart = False

Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(kw_only=True)
class Turn:
    """What one request runs: all by one runner, which it has from when it needs it."""

    what: str
    heavy: bool
    ticket: str = ""
    lease: "Lease | None" = None

    def leased(self) -> "Lease":
        """Raises Busy, RunnersDown or Left."""
        from lab.apart.leases import open_lease

        while self.lease is None or self.lease.is_closed:
            self.lease = open_lease(heavy=self.heavy, what=self.what, ticket=self.ticket)
        return self.lease

    def close(self) -> None:
        if self.lease is not None:
            self.lease.close()


_turn: ContextVar[Turn | None] = ContextVar("turn", default=None)


def install(*preload: str) -> None:
    """Let what is asked from now on run apart. For a process that serves. preload: modules that runs will need"""
    global _is_apart
    from lab.apart import dialling

    _is_apart, dialling.preload = True, preload


def is_apart() -> bool:
    return _is_apart


@contextmanager
def turn(what: str, *, heavy: bool = False, ticket: str = "") -> Iterator[None]:
    """Let all that is asked in the block be run by one runner.

    what: for an operator. heavy: whether it is many runs, which may not have every runner. ticket: of the Busy by
    which it was refused before
    """
    with _have(Turn(what=what, heavy=heavy, ticket=ticket)):
        yield


@contextmanager
def lease(key: str) -> Iterator[bool]:
    """Have a runner for work whose result is the same for everybody who asks for it by this key.

    Yields whether it is had: not if others have just made that result, or tried to. Raises as ask() does.
    """
    held = _turn.get()
    if not _is_apart or (held is not None and held.lease is not None):
        yield True
        return
    from lab.apart.leases import open_lease

    what, ticket = (held.what, held.ticket) if held else (key, "")
    opened = open_lease(heavy=True, what=what, key=key, ticket=ticket)
    if opened is None:
        yield False
        return
    with _have(Turn(what=what, heavy=True, lease=opened)):
        yield True


def ask(work: Callable[..., Any], *args: Any, seconds: float = SECONDS, **options: Any) -> Any:
    """Return what `work(*args, **options)` returns: in a runner, or here where runs are not apart.

    seconds: that it may take in a runner. Raises what it raises; Busy where too many wait; RunnerEnded where its
    process is no more; RunnersDown where there is none; Left.
    """
    if not _is_apart:
        return work(*args, **options)
    with _have(_turn.get() or Turn(what=getattr(work, "__name__", ""), heavy=False)) as mine:
        return mine.leased().ask(work, args, options, seconds)


def apart(seconds: float = SECONDS) -> Callable[[Function], Function]:
    """For a function, or a method, that asks for itself. Its arguments can be pickled."""

    def decorate(function: Function) -> Function:
        @wraps(function)
        def asking(*args: Any, **options: Any) -> Any:
            if not _is_apart:
                return function(*args, **options)
            return ask(asking, *args, seconds=seconds, **options)

        return asking  # type: ignore[return-value]

    return decorate


@contextmanager
def _have(mine: Turn) -> Iterator[Turn]:
    """Let it be this request's, and close what it has at the end, unless it was that before."""
    if _turn.get() is mine:
        yield mine
        return
    token = _turn.set(mine)
    try:
        yield mine
    finally:
        _turn.reset(token)
        mine.close()
