"""What runs now, and what this process did, in plain numbers."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

import psutil

from lab.apart.state import State
from lab.apart.state import state as state_of_runners
from lab.exceptions import RunnersDown
from lessons import events

_COUNTED = {
    "run": "Runs",
    "bound": "Runs stopped at a bound",
    "refused": "Pages refused",
    "left": "Readers who left",
    "error": "Errors",
}


@dataclass(frozen=True, kw_only=True)
class Running:
    """state: of the runners, None where runs are not apart; or `fault` says why there is none"""

    making: int  # pages of lessons, in this process
    counted: Mapping[str, int]
    since: datetime
    web_bytes: int
    state: State | None = None
    fault: str = ""

    @property
    def runner_bytes(self) -> int:
        return sum(each.rss_bytes for each in self.state.runners) if self.state else 0


def make_running() -> Running:
    state, fault = None, ""
    try:
        state = state_of_runners()
    except RunnersDown as error:
        fault = str(error)
    return Running(
        making=events.tally["making"],
        counted={label: events.tally[event] for event, label in _COUNTED.items()},
        since=events.since,
        web_bytes=web_memory(),
        state=state,
        fault=state.fault if state else fault,
    )


def web_memory() -> int:
    """Bytes of this process, and of those that serve the site beside it: the same command of the same parent."""
    own = psutil.Process()
    processes = {own}
    with suppress(psutil.Error):
        parent, command = own.parent(), own.cmdline()
        if parent is not None and parent.cmdline() == command:
            processes |= {parent, *(child for child in parent.children() if child.cmdline() == command)}
    total = 0
    for process in processes:
        with suppress(psutil.Error):  # it has just ended
            total += process.memory_info().rss
    return total
