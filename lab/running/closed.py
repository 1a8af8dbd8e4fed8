"""A run is closed: what its code does to the process is undone, and it has the process for itself."""

from collections import UserDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import local
from typing import Any, TypeVar

from django.contrib.contenttypes.models import ContentType

from lab import leaving, reach
from lab.exceptions import LabError
from lab.running.process import Process
from lab.running.slot import alone, slot

_own = local()  # made: what belongs to the run under way, by key; None where there is none

Made = TypeVar("Made")


@contextmanager
def closed() -> Iterator[None]:
    """Undo at the end of the block what code has changed in the process. Within another one it does nothing.

    Raises Busy where other runs have the process for too long.
    """
    if getattr(_own, "made", None) is not None:
        yield
        return
    with leaving.watched(), alone(), slot(), _own_content_types():
        process = Process()
        _own.made = {}
        try:
            yield
        except SystemExit as error:
            raise LabError(f"The code ends the process: sys.exit({error.code}). Let it return instead.") from error
        finally:
            _own.made = None
            process.put_back()


def once(key: object, make: Callable[[], Made]) -> Made:
    """What `make()` returns, called once within closed()."""
    made: dict[object, Any] = _own.made
    if key not in made:
        made[key] = make()
    return made[key]  # type: ignore[no-any-return]  # of this key


@contextmanager
def _own_content_types() -> Iterator[None]:
    """A shelf's content types have keys of their own, which are not for the site's pages."""
    manager: Any = ContentType.objects
    replaced, manager._cache = manager._cache, _ContentTypes(manager._cache)
    try:
        yield
    finally:
        manager._cache = replaced


class _ContentTypes(UserDict[str, Any]):
    """The cache that Django has of them, or another one where code runs on a shelf."""

    def __init__(self, sites: dict[str, Any]) -> None:
        self._sites = sites
        self._runs: dict[str, Any] = {}

    @property
    def data(self) -> dict[str, Any]:  # type: ignore[override]
        return self._sites if reach.current() is None else self._runs
