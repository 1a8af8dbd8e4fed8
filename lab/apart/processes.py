"""A runner process as the broker sees it."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from lab.apart.admission import Place
from lab.apart.options import Options

_WORN = 0.5  # of what a runner may take: one that keeps as much after a run makes room for another
_LONGEST = 4096  # bytes of a message
_PAGE = os.sysconf("SC_PAGE_SIZE")


class Runner:
    def __init__(self, options: Options) -> None:
        self.socket, its = socket.socketpair()
        self.socket.setblocking(False)
        self.most_memory = options.memory
        self.lease: Place | None = None
        self.is_idle = self.was_ready = False
        self.free = asyncio.Event()  # it has no lease, or has ended
        self.ended = ""  # why it did
        with its:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "lab.apart.runner", str(its.fileno()), options.to_json()],
                pass_fds=[its.fileno()],
                stdin=subprocess.DEVNULL,
            )

    def lend(self, its: socket.socket, place: Place) -> None:
        """Let it run what comes on this socket, until the other end is closed."""
        self.lease, self.is_idle = place, False
        self.free.clear()
        socket.send_fds(self.socket, [b"lease"], [its.fileno()])

    def set_idle(self) -> None:
        self.lease, self.is_idle, self.was_ready = None, True, True
        self.free.set()

    def kill(self, why: str) -> None:
        self.ended = self.ended or why
        self.process.kill()

    def has_ended(self) -> None:
        """It takes nothing any more, and whoever had it is to be told why."""
        self.process.kill()
        status = self.process.wait()
        how = f"signal {signal.Signals(-status).name}" if status < 0 else f"status {status}"
        self.ended, self.is_idle = self.ended or how, False
        self.free.set()

    def end(self) -> None:
        self.socket.close()
        self.process.kill()
        self.process.wait()

    def memory(self) -> int:
        """Bytes of it that are in the machine's memory; 0 where the system does not tell."""
        try:
            return int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]) * _PAGE
        except OSError:
            return 0

    def is_worn(self) -> bool:
        return self.memory() > _WORN * self.most_memory

    def state(self) -> dict[str, Any]:
        place = self.lease
        return {
            "pid": self.process.pid,
            "rss_bytes": self.memory(),
            "runs": place.what if place else "",
            "heavy": bool(place and place.heavy),
            "seconds": time.monotonic() - place.began if place and place.began else 0.0,
        }


async def receive(connection: socket.socket) -> bytes:
    """What comes next, or b"" where the other side has gone."""
    try:
        return await asyncio.get_running_loop().sock_recv(connection, _LONGEST)
    except ConnectionError:
        return b""
