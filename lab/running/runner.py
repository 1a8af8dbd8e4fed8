"""Runs a lesson's code on a shelf, and reports what the database did."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from statistics import median
from time import perf_counter_ns
from typing import Any

from django.db import connections

from lab import reach
from lab.caching import own_cache
from lab.engines.base import Copy
from lab.exceptions import BoundReached, LabError
from lab.recording import coroutines
from lab.recording.bounds import Bounds
from lab.recording.places import PlaceStrategy
from lab.recording.recorder import Recorder
from lab.recording.report import Report, Status, Wall, group_statements
from lab.recording.statements import Log
from lab.running.closed import closed
from lab.running.rows import PREVIEW, Rows, chunks
from lab.shelves import READ, Prepare, Shelf


def record(function: Callable[[], Any], *, ordered: bool = True, keep: int = PREVIEW, **where: Any) -> Report:
    """Run `function()` watched, and return a Report of it and of the plain rows it returns or yields.

    ordered: whether the order of the rows is part of their digest
    keep: how many rows the Report keeps as a preview
    where: shelf, bounds, places (a strategy, see lab.recording.places); access, prepare, template, databases as in
      Shelf.open

    A coroutine function is awaited. What the lesson's code raises is reported, not raised. Raises LabError
    where the code cannot run at all, or returns what is not plain rows.
    """
    rows = Rows(ordered=ordered, keep=keep)

    def run(recorder: Recorder, clock: "Clock") -> None:
        result = call(function, places=recorder.places)
        if isinstance(result, str):
            rows.rendered = result
        for chunk in chunks(result):
            with clock.paused():
                for row in chunk:
                    rows.add(row)
            recorder.check(rows.count)

    report = _watch(run, **where)
    return replace(
        report, preview=tuple(rows.preview), rows=rows.count, digest=rows.digest, rendered=rows.rendered
    )


def examine(claim: Callable[[Log], Any], **where: Any) -> Report:
    """Run `claim(log)`, log being the live recording of that very run. Returns a Report; its `result` is what
    the claim returned. `where` as in record(). A coroutine function is awaited.
    """

    def run(recorder: Recorder, clock: "Clock") -> Any:
        reach.allow(processes=True)  # a claim may try something out in a project of its own
        return call(partial(claim, recorder.log), places=recorder.places)

    return _watch(run, **where)


def measure(
    function: Callable[[], Any],
    *,
    shelf: Shelf,
    access: str = READ,
    prepare: Prepare | None = None,
    template: Copy | None = None,
    databases: Sequence[str] = (),
    runs: int = 5,
) -> Wall:
    """Time `function()` unrecorded, once cold and then `runs` times. Returns a Wall.

    With READ all runs share a connection, as requests do that keep theirs. With WRITE each has a copy of its own,
    which is never warm: `runs` may be 0 then. Each finds the cache empty. prepare, template, databases: as in
    Shelf.open().
    """
    with closed(), ExitStack() as stack:
        if access == READ:
            with shelf.open(access, prepare=prepare, template=template):
                times = [_time(function) for _ in range(1 + runs)]
        else:
            if prepare and runs and not template:
                template = stack.enter_context(shelf.copy(prepare=prepare))
            times = []
            for _ in range(1 + runs):
                with shelf.open(access, prepare=prepare, template=template, databases=databases):
                    times.append(_time(function))
    first, *warm = times
    warm = warm or times
    return Wall(first=first, median=int(median(warm)), min=min(warm), max=max(warm), runs=runs)


def _time(function: Callable[[], Any]) -> int:
    connections["default"].ensure_connection()
    with own_cache():
        started = perf_counter_ns()
        for _ in chunks(call(function)):
            pass
        return perf_counter_ns() - started


def _watch(
    run: "Callable[[Recorder, Clock], Any]",
    *,
    shelf: Shelf,
    places: PlaceStrategy,
    bounds: Bounds | None = None,
    **where: Any,
) -> Report:
    bounds = bounds or Bounds()
    with (
        closed(),
        shelf.open(recorded=True, **where) as connection,
        Recorder(connection, engine=shelf.engine, places=places, bounds=bounds) as recorder,
    ):
        clock = Clock()
        outcome = _outcome(partial(run, recorder, clock), recorder)
        wall_ns = clock.stop()
    return Report(**outcome, groups=group_statements(recorder.statements, places), wall_ns=wall_ns)


def _outcome(run: Callable[[], Any], recorder: Recorder) -> dict[str, Any]:
    """Run it, and tell how it ended, as keywords of Report."""
    result = error = None
    try:
        result = run()
    except BoundReached:
        pass
    except (Exception, SystemExit) as raised:
        error = raised
    if recorder.bound:
        return {"status": Status.STOPPED, "error": str(recorder.bound)}
    error = recorder.fatal or error
    if isinstance(error, LabError):
        raise error
    if error is not None:
        return _raised(error, recorder.places)
    return {"status": Status.OK, "result": result}


def _raised(error: BaseException, places: PlaceStrategy) -> dict[str, Any]:
    return {
        "status": Status.RAISED,
        "error": f"{type(error).__name__}: {error}",
        "error_type": type(error).__name__,
        "error_place": places.blame(error),
    }


def call(function: Callable[[], Any], *, places: PlaceStrategy | None = None) -> Any:
    """Run a lesson's function; a coroutine is awaited. places: a place strategy, if the run is watched"""
    if coroutines.is_asynchronous(function):
        return coroutines.run(function, locate=None if places is None else places.locate)
    return function()


class Clock:
    """Wall time in nanoseconds, less the pauses in which the lab does work of its own."""

    def __init__(self) -> None:
        self._paused = 0
        self._started = perf_counter_ns()

    @contextmanager
    def paused(self) -> Iterator[None]:
        started = perf_counter_ns()
        yield
        self._paused += perf_counter_ns() - started

    def stop(self) -> int:
        return perf_counter_ns() - self._started - self._paused
