"""Keeps the latest of a measurement for a while, so that readers share it and its links show the same numbers."""

from contextlib import contextmanager
from threading import Lock

from django.core.cache import cache
from django.utils import timezone

from lab.exceptions import Busy

_KEPT = 600  # seconds
_PATIENCE = 5  # seconds that a reader waits while another measures
_measuring = Lock()  # many runs a page: one page at a time


def latest(key, measure, *, again=False):
    """Return what `measure()` returns now, or lately did under this key: a value with its `measured_at`.

    again: accept none that was there before. Raises Busy while another reader's takes long.
    """
    asked_at = timezone.now()
    kept = None if again else cache.get(key)
    if kept is not None:
        return kept
    with _turn():
        kept = cache.get(key)  # another reader may have measured it meanwhile
        if kept is None or (again and kept.measured_at < asked_at):
            kept = measure()
            cache.set(key, kept, _KEPT)
    return kept


def peek(keys):
    """Return {key: value} of what latest() keeps under these keys."""
    return cache.get_many(keys)


def forget(keys):
    """Let the next latest() of each of these keys measure anew."""
    cache.delete_many(keys)


def age(measured):
    """Seconds since it was measured."""
    return int((timezone.now() - measured.measured_at).total_seconds())


@contextmanager
def _turn():
    if not _measuring.acquire(timeout=_PATIENCE):
        raise Busy("Another reader’s page is being measured. Try again in a moment.")
    try:
        yield
    finally:
        _measuring.release()
