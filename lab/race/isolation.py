"""The isolation levels of each engine."""

from lab.race.monitors import Monitor
from lab.shelves import Shelf


def monitor_of(engine_name: str) -> type[Monitor]:
    """Imported when it is asked for, as the engine is, with its driver."""
    match engine_name:
        case "postgresql":
            from lab.race.postgresql import PostgreSQLMonitor

            return PostgreSQLMonitor
        case "mysql":
            from lab.race.mysql import MySQLMonitor

            return MySQLMonitor
        case _:
            from lab.race.sqlite import SQLiteMonitor

            return SQLiteMonitor


def isolation_levels(engine_name: str) -> tuple[str, ...]:
    """The levels of an engine, the one that Django gives first."""
    return tuple(monitor_of(engine_name).levels)


def isolation_meaning(engine_name: str, level: str) -> str:
    """What a level of an engine does, as a clause."""
    return monitor_of(engine_name).levels[level]


def isolation_settings(shelf: Shelf) -> dict[str, str]:
    """{name: value} of the server's settings that decide what it takes the names of levels for."""
    with shelf.open() as connection:
        return monitor_of(shelf.engine_name).settings(connection)
