"""The database servers that shelves may be on. An engine is named as in URLs: sqlite."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from lab.engines.address import EmbeddedAddress, UrlAddress
from lab.engines.base import Engine
from lab.engines.mysql import MySQL
from lab.engines.postgresql import PostgreSQL
from lab.engines.sqlite import SQLite
from lab.exceptions import UnknownEngine

__all__ = ["NAMES", "Engine", "all_engines", "get_engine"]

NAMES = ("sqlite", "postgresql", "mysql")


def get_engine(name: str = "sqlite") -> Engine:
    """Return the engine, whether or not it can be reached. Raises UnknownEngine."""
    if name not in NAMES:
        raise UnknownEngine(f"There is no engine “{name}”. Choose one of: {', '.join(NAMES)}.")
    return _engines(settings.DATA_DIR, settings.POSTGRES_URL, settings.MYSQL_URL)[name]


def all_engines() -> list[Engine]:
    return [get_engine(name) for name in NAMES]


@lru_cache
def _engines(data_dir: Path, postgres_url: str, mysql_url: str) -> dict[str, Engine]:
    sqlite = SQLite(data_dir / "shelves" / "sqlite")
    sqlite.sweep()  # servers are swept when they are first asked
    postgres = UrlAddress(
        postgres_url,
        variable="POSTGRES_URL",
        example="postgres://user:password@127.0.0.1:5432/queryshelf",
        schemes=("postgres", "postgresql"),
    )
    mysql = UrlAddress(
        mysql_url,
        variable="MYSQL_URL",
        example="mysql://user:password@127.0.0.1:3306/queryshelf",
        schemes=("mysql",),
    )
    return {
        "sqlite": sqlite,
        "postgresql": PostgreSQL(postgres if postgres_url else EmbeddedAddress(data_dir)),
        "mysql": MySQL(mysql),
    }
