"""A run has a cache of its own, as it has a connection of its own: empty before it, gone after it."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.core.cache import caches


@contextmanager
def own_cache() -> Iterator[None]:
    """Let caches["default"], and so `cache`, be an empty one, until the end of the block.

    It is of the same kind and in the same place as the site's, behind a prefix of its own: readers who run one
    lesson at the same time do not meet in it, and its clear() takes nothing of the site's.
    """
    replaced = caches["default"]
    cache: Any = caches.create_connection("default")
    if hasattr(replaced, "_cache"):
        cache._cache = replaced._cache  # a server's client: one connection serves all runs of a thread
    cache.key_prefix = f"run-{uuid.uuid4().hex}"
    cache.make_key, cache.clear = _watching(cache)
    caches["default"] = cache
    try:
        yield
    finally:
        caches["default"] = replaced
        # A server that is gone was the run's own error. What cannot be removed has a prefix that nobody asks for.
        with suppress(Exception):
            cache.clear()


def _watching(cache: Any) -> tuple[Callable[..., str], Callable[[], None]]:
    """Return a make_key() that notes each key, and a clear() that removes those noted."""
    noted: set[tuple[str, int | None]] = set()
    make_key: Callable[..., str] = cache.make_key

    def noting(key: str, version: int | None = None) -> str:
        noted.add((key, version))
        return make_key(key, version)

    def clear() -> None:
        for key, version in list(noted):
            cache.delete(key, version)

    return noting, clear
