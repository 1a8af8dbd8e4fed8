"""As many runner processes as there are to be, each replaced when it ends."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

from lab.apart.options import Options
from lab.apart.processes import Runner, receive

_LOOK = 0.1  # seconds between two looks at how much memory runners have
_PAUSE = 5.0  # seconds until another is started, where one has ended before it was ready
_FAULT = "The processes that run lessons end before they are ready; the log of this site says why."


class Pool:
    """on_idle: called when a runner is. on_fault: when one has ended before it was ready, see `fault`"""

    def __init__(self, options: Options, *, on_idle: Callable[[], None], on_fault: Callable[[], None]) -> None:
        self.options = options
        self.on_idle, self.on_fault = on_idle, on_fault
        self.runners: list[Runner] = []
        self.killed = 0
        self.fault = ""  # why there are none, or ""

    @property
    def idle(self) -> list[Runner]:
        return [runner for runner in self.runners if runner.is_idle]

    def tasks(self) -> Iterator[Coroutine[Any, Any, None]]:
        """What keeps them, until cancelled."""
        yield self._watch_memory()
        for _ in range(self.options.runners):
            yield self._keep_one()

    def kill(self, runner: Runner, why: str) -> None:
        if not runner.ended:
            self.killed += 1
            runner.kill(why)

    async def _keep_one(self) -> None:
        while True:
            runner = Runner(self.options)
            self.runners.append(runner)
            try:
                while await receive(runner.socket):
                    self.fault = ""
                    runner.set_idle()
                    if runner.is_worn():
                        break
                    self.on_idle()
                runner.has_ended()
            finally:
                self.runners.remove(runner)
                runner.end()
            if not runner.was_ready:
                self.fault = _FAULT
                self.on_fault()
                await asyncio.sleep(_PAUSE)

    async def _watch_memory(self) -> None:
        while True:
            await asyncio.sleep(_LOOK)
            for runner in self.runners:
                if runner.lease is not None and runner.memory() > self.options.memory:
                    self.kill(runner, "memory")
