"""Stops the embedded PostgreSQL once no process uses it: `python -m lab.engines.keeper <home> <data folder>`.

A process of its own, because those that use the server may be killed before they can tell anybody. There is one
for each server; a second one ends at once. It imports little, since it waits as long as the site runs.
"""

import os
import shutil
import signal
import sqlite3
import sys
import time
from contextlib import suppress
from pathlib import Path

from lab.engines.scratch import locked, sweep, take_lock

PROCESSES = "processes"  # in the home: a folder for each process that uses the server
START_LOCK = "start.lock"
_INTERVAL = 1  # seconds
_PATIENCE = 3  # intervals: one command often follows another


def keep(home: Path, data_dir: Path) -> None:
    """Wait until no process uses the server at `home`, or the data folder that it is for is gone; then stop it."""
    try:
        only_one = take_lock(home / "keeper.lock")
    except sqlite3.OperationalError:
        return
    server, idle = _server(home), 0
    while home.exists() and data_dir.exists():
        time.sleep(_INTERVAL)
        server = _server(home) or server
        with suppress(sqlite3.OperationalError), locked(home / START_LOCK):
            sweep(home / PROCESSES)
            idle = 0 if any((home / PROCESSES).glob("*-*")) else idle + 1
            if idle == _PATIENCE:
                _stop(_server(home), signal.SIGINT)
                only_one.close()  # before the next process may start the server and a keeper of its own
                break
    if not data_dir.exists():
        _stop(server, signal.SIGQUIT)
        shutil.rmtree(home, ignore_errors=True)


def _server(home: Path) -> int | None:
    """The server's process number, where it has one."""
    try:
        return int((home / "data" / "postmaster.pid").read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return None


def _stop(server: int | None, how: signal.Signals) -> None:
    """Send PostgreSQL's signal for a fast or an immediate shutdown, and wait until it is down."""
    with suppress(ProcessLookupError):
        if server is not None:
            os.kill(server, how)
        while server is not None:
            time.sleep(0.05)
            os.kill(server, 0)


if __name__ == "__main__" and os.fork() == 0:  # whoever started it need not wait for it
    keep(*map(Path, sys.argv[1:]))
