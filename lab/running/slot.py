from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from threading import BoundedSemaphore, Lock

from django.conf import settings

from lab import leaving
from lab.exceptions import Busy

PATIENCE = 5  # seconds that a run waits for a slot
_alone = Lock()


@contextmanager
def alone() -> Iterator[None]:
    """Have the process for one run. Raises Busy where others have it for too long.

    Receivers, settings and the like are the process's: two runs at once would meet in them.
    """
    if not leaving.acquire(_alone, PATIENCE):
        raise Busy("Another reader's run is under way here. Try again in a moment.")
    try:
        yield
    finally:
        _alone.release()


@lru_cache
def _slots() -> BoundedSemaphore:
    return BoundedSemaphore(settings.RUNS_AT_ONCE)


@contextmanager
def slot() -> Iterator[None]:
    """Wait for one of the process's slots to run in. Raises Busy instead of letting runs pile up."""
    if not leaving.acquire(_slots(), PATIENCE):
        raise Busy(f"All {settings.RUNS_AT_ONCE} places are taken by other readers' runs. Try again in a moment.")
    try:
        yield
    finally:
        _slots().release()
