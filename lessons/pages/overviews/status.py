"""What this site runs on: each engine with its shelves."""

from dataclasses import dataclass
from functools import lru_cache, partial

from lab.engines import Engine, all_engines
from lab.exceptions import EngineUnavailable
from lab.shelves import Shelf
from lessons.pages.operator.asking import Asked, answers


@dataclass(frozen=True, kw_only=True)
class ShelfStatus:
    books: int
    disk_bytes: int
    is_current: bool
    is_damaged: bool


@dataclass(frozen=True, kw_only=True)
class EngineStatus:
    """An engine that was asked just now; `off` is why it did not answer, with the remedy."""

    engine: Engine
    off: str | None = None
    version: str = ""
    shelves: tuple[ShelfStatus, ...] = ()
    could_write: str | None = None  # why a run that may only read could


def list_statuses():
    """The EngineStatus of each engine, asked once for all who want to know within some seconds."""
    return answers(map(_asked, all_engines()))


@lru_cache(maxsize=3)
def _asked(engine):
    late = EngineStatus(engine=engine, off="It is still being asked. Load this page again in a moment.")
    return Asked(partial(make_status, engine), late=late)


def make_status(engine):
    try:
        version = engine.version()
        could_write = engine.why_readers_could_write()
        shelves = tuple(_shelf(engine, books) for books in engine.sizes())
    except EngineUnavailable as error:
        return EngineStatus(engine=engine, off=str(error))
    return EngineStatus(engine=engine, version=version, shelves=shelves, could_write=could_write)


def _shelf(engine, books):
    disk_bytes, is_damaged = engine.disk_bytes(books), engine.is_damaged(books)
    is_current = not is_damaged and Shelf(books=books, engine_name=engine.name).is_current()
    return ShelfStatus(books=books, disk_bytes=disk_bytes, is_current=is_current, is_damaged=is_damaged)
