"""The database servers that shelves may be on. An engine is named as in URLs: sqlite.

Each is imported when it is first asked for, with its driver: a reader's browser has that of SQLite alone.
"""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from lab.engines.base import Engine
from lab.exceptions import UnknownEngine

__all__ = ["NAMES", "Engine", "all_engines", "get_engine"]


def get_engine(name: str = "sqlite") -> Engine:
    """Return the engine, whether or not it can be reached. Raises UnknownEngine."""
    if name not in NAMES:
        raise UnknownEngine(f"There is no engine “{name}”. Choose one of: {', '.join(NAMES)}.")
    return _engine(name, settings.DATA_DIR, settings.POSTGRES_URL, settings.MYSQL_URL)


def all_engines() -> list[Engine]:
    return [get_engine(name) for name in NAMES]


@lru_cache
def _engine(name: str, data_dir: Path, postgres_url: str, mysql_url: str) -> Engine:
    from lab.edition import edition  # here: the keeper of the embedded PostgreSQL has no models

    return _MAKERS[name](data_dir, postgres_url, mysql_url, edition())


def _sqlite(data_dir: Path, postgres_url: str, mysql_url: str, edition: str) -> Engine:
    from lab.engines.sqlite import SQLite

    engine = SQLite(data_dir / "shelves" / "sqlite", edition)
    engine.sweep()  # servers are swept when they are first asked
    return engine


def _postgresql(data_dir: Path, postgres_url: str, mysql_url: str, edition: str) -> Engine:
    from lab.engines.address import EmbeddedAddress, UrlAddress
    from lab.engines.postgresql import PostgreSQL

    named = UrlAddress(
        postgres_url,
        variable="POSTGRES_URL",
        example="postgres://user:password@127.0.0.1:5432/queryshelf",
        schemes=("postgres", "postgresql"),
    )
    return PostgreSQL(named if postgres_url else EmbeddedAddress(data_dir), edition)


def _mysql(data_dir: Path, postgres_url: str, mysql_url: str, edition: str) -> Engine:
    from lab.engines.address import UrlAddress
    from lab.engines.mysql import MySQL

    address = UrlAddress(
        mysql_url,
        variable="MYSQL_URL",
        example="mysql://user:password@127.0.0.1:3306/queryshelf",
        schemes=("mysql",),
    )
    return MySQL(address, edition)


_MAKERS: dict[str, Callable[[Path, str, str, str], Engine]] = {
    "sqlite": _sqlite,
    "postgresql": _postgresql,
    "mysql": _mysql,
}
NAMES = tuple(_MAKERS)
