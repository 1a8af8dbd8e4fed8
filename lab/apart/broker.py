"""Lends runners to requests: `python -m lab.apart.broker <folder> <options>`.

One process for the machine, which imports little and runs no lesson. Whoever asks has a connection for each lease;
what is run and what comes of it goes past the broker, on a socket that he has to the runner. When he closes his
connection, however he ends, the runner is to be idle soon, or it is killed and another takes its place. The broker
ends soon after the last process that stays.
"""

import asyncio
import json
import os
import shutil
import signal
import socket
import sys
import time
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from lab.apart.admission import Admission, Place, Refusal
from lab.apart.options import SOCKET, Options
from lab.apart.pool import Pool
from lab.apart.processes import Runner, receive

_LINGER = 3.0  # seconds without anybody
_LOOK = 0.1
_OLD = 3_600  # seconds since a folder was used that another may clear away
_GRACE = 2.0  # seconds in which a runner that nobody waits for stops by itself, and undoes what it has done

Granted = Runner | dict[str, Any]  # or what the one who asks is told instead
Left = asyncio.Future[Any]  # is done when who has asked closes his connection


class Broker:
    def __init__(self, options: Options) -> None:
        self.admission = Admission(options.runners, options.waiting, time.monotonic)
        self.pool = Pool(options, on_idle=self._grant, on_fault=self._refuse_all)
        self.asking: dict[Place, asyncio.Future[Granted]] = {}
        self.staying = self.ended = 0
        self.started_at = time.time()

    async def run(self, listener: socket.socket) -> None:
        """Until nobody is there any more."""
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(each) for each in (*self.pool.tasks(), self._accept(listener, group))]
            idle_since = time.monotonic()
            while time.monotonic() - idle_since < _LINGER:
                await asyncio.sleep(_LOOK)
                if self.staying or self.asking:
                    idle_since = time.monotonic()
            for task in tasks:
                task.cancel()

    async def _accept(self, listener: socket.socket, group: asyncio.TaskGroup) -> None:
        while True:
            client, _ = await asyncio.get_running_loop().sock_accept(listener)
            group.create_task(self._serve(client))

    async def _serve(self, client: socket.socket) -> None:
        client.setblocking(False)
        with client, suppress(OSError):  # of one who has gone meanwhile
            asked = json.loads(await receive(client) or "{}")
            match asked.pop("ask", None):
                case "stay":
                    await self._let_stay(client)
                case "state":
                    await _send(client, self._state())
                case "lease":
                    await self._lease(client, **asked)

    async def _let_stay(self, client: socket.socket) -> None:
        self.staying += 1
        try:
            await receive(client)
        finally:
            self.staying -= 1

    async def _lease(self, client: socket.socket, *, heavy: bool, key: str, what: str, ticket: str) -> None:
        if self.pool.fault:
            await _send(client, {"answer": "broken", "why": self.pool.fault})
            return
        place = self.admission.ask(heavy, key, what, ticket)
        if isinstance(place, Refusal):
            await _send(client, {"answer": "busy", **asdict(place)})
            return
        granted = self.asking[place] = asyncio.get_running_loop().create_future()
        left: Left = asyncio.ensure_future(receive(client))
        try:
            self._grant()
            await asyncio.wait([granted, left], return_when=asyncio.FIRST_COMPLETED)
            if granted.done():
                await self._answer(client, place, granted.result(), left)
        finally:
            left.cancel()
            del self.asking[place]
            for follower in self.admission.end(place):
                self._tell(follower, {"answer": "made"})
            self._grant()

    async def _answer(self, client: socket.socket, place: Place, granted: Granted, left: Left) -> None:
        if isinstance(granted, dict):
            await _send(client, granted)
        elif left.done():
            granted.is_idle = True
        else:
            await self._lend(client, place, granted, left)

    async def _lend(self, client: socket.socket, place: Place, runner: Runner, left: Left) -> None:
        ours, its = socket.socketpair()
        with ours, its:
            try:
                runner.lend(its, place)
            except OSError:  # it has died just now
                await _send(client, {"answer": "again"})
                return
            socket.send_fds(client, [b'{"answer": "go"}\n'], [ours.fileno()])
        free: asyncio.Future[Any] = asyncio.ensure_future(runner.free.wait())
        await asyncio.wait([left, free], return_when=asyncio.FIRST_COMPLETED)
        if not free.done():
            await asyncio.wait([free], timeout=_GRACE)
            if not free.done():
                self.pool.kill(runner, "left")
                await free
        self.ended += 1
        if runner.ended and not left.done():
            await _send(client, {"ended": runner.ended})

    def _grant(self) -> None:
        """Let those who wait have the runners that are idle."""
        while idle := self.pool.idle:
            place = self.admission.grant(len(idle))
            if place is None:
                return
            idle[0].is_idle = False
            self._tell(place, idle[0])

    def _refuse_all(self) -> None:
        for place in [*self.admission.waiting]:
            self._tell(place, {"answer": "broken", "why": self.pool.fault})

    def _tell(self, place: Place, granted: Granted) -> None:
        if not self.asking[place].done():
            self.asking[place].set_result(granted)

    def _state(self) -> dict[str, Any]:
        return {
            "runners": [runner.state() for runner in self.pool.runners],
            "waiting": self.admission.count_waiting(),
            "waiting_heavy": self.admission.count_waiting(True),
            "ended": self.ended,
            "refused": self.admission.refused,
            "killed": self.pool.killed,
            "started_at": self.started_at,
            "fault": self.pool.fault,
        }


async def _send(client: socket.socket, message: dict[str, Any]) -> None:
    await asyncio.get_running_loop().sock_sendall(client, json.dumps(message).encode() + b"\n")


def main(folder: Path, options: Options) -> None:
    """Listen, and go on in a process of its own: whoever has started it need not wait for its end."""
    path, draft = folder / SOCKET, folder / f"{SOCKET}.{os.getpid()}"
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(draft))
        listener.listen(128)
        listener.setblocking(False)
        if os.fork():
            draft.rename(path)  # whoever finds it is answered
            return
        _sweep(folder)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal's is for who has asked
        asyncio.run(Broker(options).run(listener))
        path.unlink(missing_ok=True)


def _sweep(own: Path) -> None:
    """Remove what brokers of other code or settings have left."""
    for folder in own.parent.iterdir():
        is_old = folder.is_dir() and time.time() - folder.stat().st_mtime > _OLD
        if folder != own and is_old and not _is_used(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _is_used(folder: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as client, suppress(OSError):
        client.connect(str(folder / SOCKET))
        return True
    return False


if __name__ == "__main__":
    main(Path(sys.argv[1]), Options.from_json(sys.argv[2]))
