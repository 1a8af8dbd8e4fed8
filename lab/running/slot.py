from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from threading import BoundedSemaphore

from django.conf import settings

from lab.exceptions import Busy

_PATIENCE = 5  # seconds that a run waits for a slot


@lru_cache
def _slots() -> BoundedSemaphore:
    return BoundedSemaphore(settings.RUNS_AT_ONCE)


@contextmanager
def slot() -> Iterator[None]:
    """Wait for one of the process's slots to run in. Raises Busy instead of letting runs pile up."""
    if not _slots().acquire(timeout=_PATIENCE):
        raise Busy(f"All {settings.RUNS_AT_ONCE} places are taken by other readers' runs. Try again in a moment.")
    try:
        yield
    finally:
        _slots().release()
