"""How much memory a run takes at its peak. Traces the whole process: for a child process, never a web thread."""

import gc
import tracemalloc
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from django.db import connections

from lab.running.runner import call
from lab.shelves import Shelf

# Linux; see proc(5).
_STATUS = Path("/proc/self/status")
_CLEAR_REFS = Path("/proc/self/clear_refs")
_RESET_PEAK = "5"

Peak = TypeVar("Peak")


@dataclass(frozen=True, kw_only=True)
class Memory:
    """What one run took at its peak, in bytes."""

    python: int  # by tracemalloc: what Python itself allocated
    process: int | None  # growth of the process, a driver's own buffers included; None where nothing tells it

    @property
    def peak(self) -> int:
        """The greater of the two: what the process had free before does not show in its growth."""
        return max(self.python, self.process or 0)


def measure_memory(function: Callable[[], Any], *, shelf: Shelf, **where: Any) -> Memory:
    """Return the Memory of `function()` on the shelf. Its rows are dropped as they come.

    where: access, prepare and template, as in Shelf.open. A first run on the smallest shelf loads what is
    loaded once.
    """
    smallest = replace(shelf, books=shelf.engine.sizes()[0])
    _watch(_python_peak, function, smallest, {**where, "template": None})
    process = _watch(_process_peak, function, shelf, where)
    python = _watch(_python_peak, function, shelf, where)
    return Memory(python=python, process=process)


def _watch(
    peak: Callable[[Callable[[], None]], Peak], function: Callable[[], Any], shelf: Shelf, where: dict[str, Any]
) -> Peak:
    with shelf.open(**where):
        connections["default"].ensure_connection()
        gc.collect()
        return peak(partial(_exhaust, function))


def _exhaust(function: Callable[[], Any]) -> None:
    result = call(function)
    if result is not None and not isinstance(result, str):
        deque(result, maxlen=0)


def _python_peak(run: Callable[[], None]) -> int:
    tracemalloc.start()
    try:
        run()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def _process_peak(run: Callable[[], None]) -> int | None:
    try:
        _CLEAR_REFS.write_text(_RESET_PEAK)
    except OSError:
        return None
    before = _high_water()
    run()
    return _high_water() - before


def _high_water() -> int:
    """The highest resident size since it was reset, in bytes."""
    line = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024
