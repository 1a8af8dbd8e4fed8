"""Runs coroutines, and finds those that wait for the code under way.

The ORM works in the thread that opened the shelf, where asgiref's sync_to_async() has it done; coroutines, the
lesson's among them, run on an event loop in a thread of its own, or by turns in the same one where there is no
other. So the lesson is not on the stack of a query, but in the task that awaits it. Each task of a watched run is
kept in a context variable, which goes with the query.
"""

import asyncio
import gc
import inspect
import sys
from collections.abc import Callable, Coroutine, Iterator
from contextvars import Context, ContextVar, copy_context
from dataclasses import dataclass, field
from functools import partial
from threading import get_ident, local
from time import monotonic, sleep
from types import AsyncGeneratorType, CoroutineType, FrameType, GeneratorType
from typing import Any

from asgiref.sync import async_to_sync

from lab.one_thread import OneThreadLoop
from lab.recording.spots import Locate, Spot

_SOON = 0.1  # seconds; the other thread needs but a turn
HAS_THREADS = sys.platform != "emscripten"


@dataclass(kw_only=True)
class Origin:
    """The task that code runs for, and the spot of the lesson that made the task; None for the run's own."""

    task: asyncio.Task[Any] | None = None  # until it is made, which may be after its first step
    spot: Spot | None = None
    thread: int = field(default_factory=get_ident)  # of its event loop


_origin: ContextVar[Origin | None] = ContextVar("origin", default=None)
_given = local()

_LINKS = {
    CoroutineType: ("cr_frame", "cr_await"),
    AsyncGeneratorType: ("ag_frame", "ag_await"),
    GeneratorType: ("gi_frame", "gi_yieldfrom"),
}
# What `async for` awaits. Python tells only its garbage collector which generator they belong to.
_STEPS = {"async_generator_asend", "async_generator_athrow", "anext_awaitable"}


def is_asynchronous(function: Callable[..., Any]) -> bool:
    return inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function)


def run(function: Callable[[], Any], *, locate: Locate | None = None) -> Any:
    """Return what a coroutine function returns, or the list of what an asynchronous generator yields.

    locate: of a place strategy, if the run is to be watched: its queries are then found by waiting_frames()
    """
    if not HAS_THREADS:
        with asyncio.Runner(loop_factory=OneThreadLoop) as runner:
            return runner.run(_main(function, locate))
    # In a copy, since asgiref hands context variables back to its caller.
    return copy_context().run(async_to_sync(_main, force_new_loop=True), function, locate)


async def _main(function: Callable[[], Any], locate: Locate | None) -> Any:
    if locate is not None:
        _origin.set(Origin(task=asyncio.current_task()))
        asyncio.get_running_loop().set_task_factory(partial(_make_task, locate))
    if inspect.isasyncgenfunction(function):
        return [row async for row in function()]
    return await function()


def work_from(spot: Spot | None, work: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Call it in a thread that was given this work at a spot."""
    outer, _given.spot = getattr(_given, "spot", None), spot
    try:
        return work(*args, **kwargs)
    finally:
        _given.spot = outer


def _make_task(
    locate: Locate,
    loop: asyncio.AbstractEventLoop,
    coroutine: Coroutine[Any, Any, Any],
    *,
    context: Context | None = None,
    **options: Any,
) -> asyncio.Task[Any]:
    """The loop's task factory: each task knows itself and the spot that made it."""
    context = copy_context() if context is None else context
    spot, *_ = locate(sys._getframe(1))
    origin = Origin(spot=spot)
    context.run(_origin.set, origin)
    origin.task = asyncio.Task(coroutine, loop=loop, context=context, **options)
    return origin.task


def waiting_frames() -> Iterator[FrameType]:
    """The frames of the coroutines that wait for the code under way in this thread, innermost first."""
    origin = _origin.get()
    if origin is None or origin.task is None:
        return iter(())
    coroutine = origin.task.get_coro()
    if origin.thread != get_ident():
        _let_wait(coroutine)
    return reversed(list(_frames(coroutine)))


def _let_wait(coroutine: Any) -> None:
    """It has given work to this thread, which may begin before it waits: until then, what it awaits is unknown."""
    deadline = monotonic() + _SOON
    while getattr(coroutine, "cr_running", False) and monotonic() < deadline:
        sleep(0.0001)


def waiting_spot() -> Spot | None:
    """The spot that made the task which waits for the code under way, or gave this thread its work; or None."""
    origin = _origin.get()
    return (origin and origin.spot) or getattr(_given, "spot", None)


def _frames(awaitable: Any) -> Iterator[FrameType]:
    while awaitable is not None:
        if type(awaitable).__name__ in _STEPS:
            awaitable = _inner(awaitable)
            continue
        names = _LINKS.get(type(awaitable))
        if names is None:  # a future, which something else fulfils
            return
        frame, inner = (getattr(awaitable, name) for name in names)
        if frame is not None:
            yield frame
        awaitable = inner


def _inner(step: object) -> Any:
    """The generator that a step of it is for, or the step that another one wraps."""
    referents = gc.get_referents(step)
    return next((each for each in referents if type(each) in _LINKS or type(each).__name__ in _STEPS), None)
