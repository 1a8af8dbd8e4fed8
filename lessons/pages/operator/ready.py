"""Whether the site is ready: what a check asks before readers are sent here."""

import logging
import shutil
from collections.abc import Callable
from functools import lru_cache, partial
from tempfile import TemporaryFile

from django.conf import settings

from lab.apart.state import state as state_of_runners
from lab.engines import get_engine
from lab.engines.base import Engine
from lab.exceptions import LabError
from lab.shelves import Shelf
from lessons.course.catalog import get_catalog
from lessons.course.contract import LessonError
from lessons.events import tell
from lessons.pages.asked import without_shelves
from lessons.pages.operator.asking import PATIENCE, Asked, answers

Faults = tuple[str, ...]  # a sentence each with its remedy

LOG = logging.getLogger(__name__)
_told: Faults = ()
_COPIES = 2  # of the largest shelf, for which there has to be room


def check_all() -> dict[str, Faults]:
    """Return {what was looked at: its faults}. Nothing is looked at twice within seconds, nor waited for long.

    The embedded PostgreSQL is not: it would be started for that.
    """
    servers = {"postgresql": settings.POSTGRES_URL, "mysql": settings.MYSQL_URL}
    names = ["sqlite", *(name for name, url in servers.items() if url), *_CHECKS]
    found = dict(zip(names, answers(map(_asked, names)), strict=True))
    _tell(tuple(fault for faults in found.values() for fault in faults))
    return found


def _tell(faults: Faults) -> None:
    """Once, since it is asked every few seconds."""
    global _told
    if faults != _told:
        _told = faults
        tell("unready" if faults else "ready", logging.WARNING if faults else logging.INFO, why=" ".join(faults))


@lru_cache
def _asked(name: str) -> Asked[Faults]:
    check = _CHECKS.get(name) or (lambda: _engine(get_engine(name)))
    late = (
        f"{_title(name)} has not answered for {PATIENCE:g} seconds. If it hangs, restart it; its log may say why."
    )
    return Asked(partial(_safely, name, check), late=(late,))


def _title(name: str) -> str:
    return _TITLES.get(name) or get_engine(name).label


def _safely(name: str, check: Callable[[], Faults]) -> Faults:
    try:
        return check()
    except (LabError, LessonError) as error:
        return (str(error),)
    except Exception as error:
        LOG.exception("%s cannot be checked", _title(name))
        return (f"{_title(name)} cannot be checked ({type(error).__name__}). The site’s log says where.",)


def _engine(engine: Engine) -> Faults:
    if not (sizes := engine.sizes()):
        return (str(without_shelves(engine)),)
    stale = [books for books in sizes if not Shelf(books=books, engine_name=engine.name).is_current()]
    if not stale:
        return ()
    command = f"python manage.py seed_library --engine {engine.name}"
    books = ", ".join(f"{books:,}" for books in stale)
    return (f"{engine.label} has shelves to make anew: {books}. Run: {command}",)


def _course() -> Faults:
    return tuple(map(str, get_catalog().faults))


def _data() -> Faults:
    try:
        with TemporaryFile(dir=settings.DATA_DIR) as file:
            file.write(bytes(4096))
            file.flush()
    except OSError as error:
        remedy = "Make room on its disk, or let the user that the site runs as write there"
        return (f"DATA_DIR cannot be written ({error.strerror}). {remedy}.",)
    engine = get_engine("sqlite")
    needed = _COPIES * max(map(engine.disk_bytes, engine.sizes()), default=0)
    free = shutil.disk_usage(settings.DATA_DIR).free
    if free >= needed:
        return ()
    told = f"{free / 1e6:,.1f} MB free, and runs that write need {needed / 1e6:,.1f} MB for their copies"
    return (f"The disk of DATA_DIR has {told}. Make room.",)


def _runners() -> Faults:
    state = state_of_runners()
    return (state.fault,) if state and state.fault else ()


_CHECKS = {"course": _course, "data": _data, "runners": _runners}
_TITLES = {"course": "The course’s folder", "data": "The disk of DATA_DIR", "runners": "What runs lessons"}
