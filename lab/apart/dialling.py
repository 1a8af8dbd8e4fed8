"""Reaches the broker, and starts it where there is none."""

import json
import os
import secrets
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Lock

from django.conf import settings

from lab.apart.folders import folder
from lab.apart.options import LOCK, SOCKET, Options
from lab.engines.readers import readers_secret
from lab.engines.scratch import locked
from lab.exceptions import RunnersDown

# What code of a lesson need not know, and what would watch it.
_HIDDEN = {
    "DATABASE_URL": "sqlite://:memory:",
    "METRICS_TOKEN": "",
    **dict.fromkeys(("DEBUG_TOOLBAR", "METRICS", "QUERYSHELF_SILK", "RUNS_APART"), "0"),
}

preload: tuple[str, ...] = ()  # modules that runners import before the first run
_own = Lock()
_staying: dict[int, socket.socket] = {}  # by process: the connection that lets the broker stay


def dial() -> socket.socket:
    """Return a connection to the broker. Raises RunnersDown."""
    try:
        path = folder() / SOCKET
        connection = _connect(path) or _start(path)
    except OSError as error:
        raise RunnersDown(f"The processes that run lessons cannot be started: {error}.") from error
    _stay(path)
    return connection


def _connect(path: Path) -> socket.socket | None:
    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.connect(str(path))
    except (FileNotFoundError, ConnectionError):
        connection.close()
        return None
    return connection


def _start(path: Path) -> socket.socket:
    with _own, locked(path.with_name(LOCK)):
        if connection := _connect(path):
            return connection
        started = subprocess.run(
            [sys.executable, "-m", "lab.apart.broker", str(path.parent), _options().to_json()],
            cwd=settings.BASE_DIR,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # what ends this process is not for it: others may need it
        )
        if started.returncode == 0 and (connection := _connect(path)):
            return connection
    raise RunnersDown("The process that lends others to runs did not start; the log of this site says why.")


def _stay(path: Path) -> None:
    """Let the broker stay as long as this process lives."""
    with _own:
        if (staying := _staying.get(os.getpid())) is not None:
            if _is_open(staying):
                return
            staying.close()
        if connection := _connect(path):
            connection.sendall(json.dumps({"ask": "stay"}).encode())
            _staying[os.getpid()] = connection


def _is_open(connection: socket.socket) -> bool:
    with suppress(BlockingIOError):
        while connection.recv(64, socket.MSG_DONTWAIT):  # what it said when it was asked
            pass
        return False
    return True


def _options() -> Options:
    return Options(
        runners=settings.RUNNERS,
        memory=settings.RUNNER_MEMORY * 2**20,
        waiting=settings.RUNS_WAITING,
        preload=preload,
    )


def _environment() -> dict[str, str]:
    """Of the broker and its runners: neither the site's database nor its secret is in it."""
    known = {"READERS_SECRET": readers_secret(), "SECRET_KEY": secrets.token_hex()}
    return {**os.environ, "DATA_DIR": str(settings.DATA_DIR), **_HIDDEN, **known}
