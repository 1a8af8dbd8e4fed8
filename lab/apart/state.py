"""What runs now, for an operator."""

import json
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime

from lab.apart.client import is_apart
from lab.apart.dialling import dial
from lab.exceptions import RunnersDown

_PATIENCE = 2.0  # seconds


@dataclass(frozen=True, kw_only=True)
class RunnerState:
    pid: int
    rss_bytes: int
    runs: str  # what, "" where it is idle
    seconds: float  # for which it has
    heavy: bool


@dataclass(frozen=True, kw_only=True)
class State:
    """waiting: requests, heavy ones among them; the rest are counts since the broker was started"""

    runners: tuple[RunnerState, ...]
    waiting: int
    waiting_heavy: int
    ended: int  # leases
    refused: int
    killed: int  # runners
    started_at: datetime
    fault: str  # why none can be had, or ""


def state() -> State | None:
    """Return the State of this machine's runners, None where runs are not apart. Raises RunnersDown."""
    if not is_apart():
        return None
    try:
        with closing(dial()) as connection:
            connection.settimeout(_PATIENCE)
            connection.sendall(b'{"ask": "state"}')
            with connection.makefile("rb") as file:
                said = json.loads(file.readline())
    except (OSError, ValueError) as error:
        raise RunnersDown(f"What lends processes to runs does not answer: {error}.") from error
    runners = tuple(RunnerState(**each) for each in said.pop("runners"))
    return State(runners=runners, started_at=datetime.fromtimestamp(said.pop("started_at"), UTC), **said)
