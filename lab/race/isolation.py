"""The isolation levels of each engine."""

from lab.race.monitors import Monitor
from lab.race.mysql import MySQLMonitor
from lab.race.postgresql import PostgreSQLMonitor
from lab.race.sqlite import SQLiteMonitor
from lab.shelves import Shelf

MONITORS: dict[str, type[Monitor]] = {
    "sqlite": SQLiteMonitor,
    "postgresql": PostgreSQLMonitor,
    "mysql": MySQLMonitor,
}


def isolation_levels(engine_name: str) -> tuple[str, ...]:
    """The levels of an engine, the one that Django gives first."""
    return tuple(MONITORS[engine_name].levels)


def isolation_meaning(engine_name: str, level: str) -> str:
    """What a level of an engine does, as a clause."""
    return MONITORS[engine_name].levels[level]


def isolation_settings(shelf: Shelf) -> dict[str, str]:
    """{name: value} of the server's settings that decide what it takes the names of levels for."""
    with shelf.open() as connection:
        return MONITORS[shelf.engine_name].settings(connection)
