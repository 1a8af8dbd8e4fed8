"""What this site runs on: each engine with its shelves."""

from dataclasses import dataclass

from lab.engines import Engine
from lab.exceptions import EngineUnavailable
from lab.shelves import Shelf


@dataclass(frozen=True, kw_only=True)
class ShelfStatus:
    books: int
    disk_bytes: int
    is_current: bool


@dataclass(frozen=True, kw_only=True)
class EngineStatus:
    """An engine that was asked just now; `off` is why it did not answer, with the remedy."""

    engine: Engine
    off: str | None = None
    version: str = ""
    shelves: tuple[ShelfStatus, ...] = ()


def make_status(engine):
    try:
        version = engine.version()
        shelves = tuple(_shelf(engine, books) for books in engine.sizes())
    except EngineUnavailable as error:
        return EngineStatus(engine=engine, off=str(error))
    return EngineStatus(engine=engine, version=version, shelves=shelves)


def _shelf(engine, books):
    shelf = Shelf(books=books, engine_name=engine.name)
    return ShelfStatus(books=books, disk_bytes=engine.disk_bytes(books), is_current=shelf.is_current())
