"""What the processes of a site hold: counted from outside, by psutil."""

from dataclasses import dataclass
from pathlib import Path

import psutil

_DATABASE = "postgres"
_KEEPER = "lab.engines.keeper"  # of the embedded PostgreSQL


@dataclass(frozen=True, kw_only=True)
class Held:
    processes: int
    memory: float  # MiB, resident; what processes share counts in each
    descriptors: int
    connections: int  # to the servers
    copies: int  # throw-away copies of shelves, on all engines


def processes_of(data_dir):
    """The processes that were started with this DATA_DIR, and theirs, but for databases and for who asks."""
    found = {process for process in psutil.process_iter() if _is_of(process, str(data_dir))}
    family = found.union(*(_children(process) for process in found)) - {psutil.Process()}
    return {process for process in family if not _is_of_a_database(process)}


def hold(data_dir, engines):
    """Return what they hold now. engines: whose connections and copies are counted"""
    processes = memory = descriptors = 0
    for process in processes_of(data_dir):
        try:
            memory += process.memory_info().rss / 2**20
            descriptors += process.num_fds()
        except psutil.NoSuchProcess:
            continue
        processes += 1
    connections, copies = 0, len([*Path(data_dir).glob("shelves/sqlite/scratch/*/*.sqlite3*")])
    for engine in engines:
        if engine.name in _COUNTS:
            with engine.reader(engine.sizes()[0]) as connection, connection.cursor() as cursor:
                cursor.execute(_COUNTS[engine.name])
                counted = cursor.fetchone()
            connections += counted[0] - 1  # its own
            copies += counted[1]
    return Held(
        processes=processes, memory=memory, descriptors=descriptors, connections=connections, copies=copies
    )


_COUNTS = {
    "postgresql": "SELECT (SELECT count(datname) FROM pg_stat_activity),"
    " (SELECT count(*) FROM pg_database WHERE datname LIKE '%scratch%')",
}


def _is_of(process, data_dir):
    try:
        return process.environ().get("DATA_DIR") == data_dir
    except psutil.Error:
        return False


def _children(process):
    try:
        return process.children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def _is_of_a_database(process):
    try:
        return process.name() == _DATABASE or _KEEPER in process.cmdline()
    except psutil.NoSuchProcess:
        return True
