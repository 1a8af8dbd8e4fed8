"""An event loop for where there is one thread: a browser, in which WebAssembly has no others."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import Executor
from typing import Any, NoReturn


class OneThreadLoop(asyncio.BaseEventLoop):
    """What an executor would do in another thread is done in turn, between two steps of the tasks.

    It waits for time alone: there are no sockets, and nobody who could wake it.
    """

    def __init__(self) -> None:
        super().__init__()
        self._selector = self  # of the base class, which asks it what has happened

    def select(self, timeout: float | None) -> list[NoReturn]:
        if timeout is None:
            raise RuntimeError("All tasks wait, and nothing is under way that they could wait for.")
        time.sleep(max(0, timeout))
        return []

    def run_in_executor(  # type: ignore[override]  # typeshed ties func to args
        self, executor: Executor | None, func: Callable[..., Any], *args: Any
    ) -> asyncio.Future[Any]:
        future = self.create_future()
        self.call_soon(_fulfil, future, func, args)
        return future

    def _process_events(self, events: list[NoReturn]) -> None:
        pass

    def _write_to_self(self) -> None:
        pass


def _fulfil(future: asyncio.Future[Any], func: Callable[..., Any], args: tuple[Any, ...]) -> None:
    """Outside of any loop, as in a thread of its own: the ORM asks whether it is in one."""
    if future.cancelled():
        return
    loop = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    try:
        result = func(*args)
    except BaseException as error:
        future.set_exception(error)
    else:
        future.set_result(result)
    finally:
        asyncio._set_running_loop(loop)
