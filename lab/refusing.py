"""What a run may not do, since nobody could see or undo it."""

import multiprocessing.process
import os
import subprocess
from collections.abc import Callable
from functools import wraps
from typing import Any

from lab.reach import current

_NO_PROCESSES = (
    "A run starts no process: what that does, nobody sees and nobody undoes. Do it in the run itself, or in a"
    " thread that it waits for."
)
_STARTING: list[tuple[Any, str]] = [
    *((os, name) for name in ("fork", "forkpty", "posix_spawn", "posix_spawnp", "system", "execv", "execve")),
    (subprocess.Popen, "__init__"),
    (multiprocessing.process.BaseProcess, "start"),
]


def install() -> None:
    """Refuse to code that has a Reach what cannot be undone. Changes nothing for code that has none."""
    for owner, name in _STARTING:
        if hasattr(owner, name):  # not every system can fork
            setattr(owner, name, _refusing(getattr(owner, name)))


def _refusing(start: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(start)
    def start_or_refuse(*args: Any, **kwargs: Any) -> Any:
        reach = current()
        if reach is not None and not reach.may_start_processes:
            reach.refuse(_NO_PROCESSES)
        return start(*args, **kwargs)

    return start_or_refuse
