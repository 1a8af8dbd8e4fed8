"""What the site tells the broker."""

import json
from dataclasses import asdict, dataclass

SOCKET, LOCK = "socket", "start.lock"  # in the broker's folder


@dataclass(frozen=True, kw_only=True)
class Options:
    runners: int
    memory: int  # bytes that a runner may take
    waiting: int  # how many requests may wait for a runner
    preload: tuple[str, ...] = ()  # modules that runners import before the first run

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Options":
        return cls(**json.loads(text))
