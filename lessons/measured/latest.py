"""Keeps the latest of a measurement for a while, so that readers share it and its links show the same numbers."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.filebased import FileBasedCache
from django.utils import timezone

from lab import leaving
from lab.apart import client as apart
from lab.apart.folders import folder
from lab.exceptions import Busy

_KEPT = 600  # seconds
_AHEAD = 60  # seconds that another machine's clock may be; beyond that, this one's was set back
_MOST = 1_000  # results
_PATIENCE = 5  # seconds that a reader waits while another measures
_LONGEST = 150  # seconds that measuring may take
_measuring = Lock()  # many runs a page: one page at a time, where runs are not apart


def latest(key, measure, *, again=False):
    """Return what `measure()` returns now, or lately did under this key: a value with its `measured_at`.

    measure: can be pickled. again: accept none that was there before. Raises Busy while others' take long.
    """
    asked_at = timezone.now()

    def kept():
        found = _kept().get(key)
        return found if _counts(found) and not (again and found.measured_at < asked_at) else None

    while (found := kept()) is None:
        with _turn(key) as is_mine:
            if is_mine and (found := kept()) is None:  # nobody has measured it meanwhile
                found = apart.ask(measure, seconds=_LONGEST)
                with suppress(OSError):  # the disk is full: this reader has it all the same
                    _kept().set(key, found, _KEPT)
            if found is not None:
                break
    return found


def peek(keys):
    """Return {key: value} of what latest() keeps under these keys."""
    return {key: found for key, found in _kept().get_many(keys).items() if _counts(found)}


def forget(keys):
    """Let the next latest() of each of these keys measure anew."""
    _kept().delete_many(keys)


def age(measured):
    """Seconds since it was measured."""
    return max(0, int((timezone.now() - measured.measured_at).total_seconds()))


def _counts(found):
    """Whether it is there, and not of a time to come: once the clock is set back, it would be kept until then."""
    return found is not None and (timezone.now() - found.measured_at).total_seconds() > -_AHEAD


def _kept() -> Any:
    """The site's cache; where that is each process's own, and the runners are for all, a folder beside those."""
    if apart.is_apart() and settings.CACHES["default"]["BACKEND"].endswith("LocMemCache"):
        return _files(folder() / "measured")
    return cache


@lru_cache
def _files(path: Path) -> BaseCache:
    return FileBasedCache(str(path), {"MAX_ENTRIES": _MOST})


@contextmanager
def _turn(key: str) -> Iterator[bool]:
    """Be the one who measures it; yields whether one is, or others have just done so."""
    if apart.is_apart():
        with apart.lease(key) as is_mine:
            yield is_mine
        return
    if not leaving.acquire(_measuring, _PATIENCE):
        raise Busy("Another reader’s page is being measured. Try again in a moment.")
    try:
        yield True
    finally:
        _measuring.release()
