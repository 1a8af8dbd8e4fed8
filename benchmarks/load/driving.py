"""Sends crowds of clients to a site, and tells what they were answered."""

import json
import math
import subprocess
import sys
from dataclasses import asdict, dataclass, field

from benchmarks.server import ROOT
from tests.servers import WITH_US

_MORE = 120  # seconds, beyond its plan, after which a process of clients is given up


@dataclass(frozen=True, kw_only=True)
class Crowd:
    """Clients that ask for pages, one after the other."""

    name: str
    users: int
    pages: list  # paths; one that is there twice is asked for twice as often
    think: float = 0  # mean seconds between an answer and the next page
    obeys: bool = True  # whether they wait as long as Retry-After says, and ask for the same page then
    in_order: bool = False
    answers: int | None = None  # how many they ask for in all, where not the clock ends it


@dataclass(frozen=True, kw_only=True)
class Answer:
    crowd: str
    page: str
    status: int  # 0 for none
    started: float
    seconds: float
    retry_after: str | None
    came_back: bool  # after a Retry-After that he obeyed


@dataclass(frozen=True, kw_only=True)
class Answers:
    began: float  # seconds since the epoch, as Answer.started is
    seconds: float
    cpu_seconds: float  # that the clients took
    answers: list = field(repr=False)  # also of those who were still waiting when the time was over

    def of(self, crowd):
        return [answer for answer in self.answers if answer.crowd == crowd]

    def per_second(self, crowd):
        """Pages that a crowd was given in a second. A refusal is none."""
        ended = self.began + self.seconds
        given = [a for a in self.of(crowd) if a.status == 200 and a.started + a.seconds <= ended]
        return len(given) / self.seconds

    def pace(self, crowd):
        """The same of one client, whose last page may have come after the time was over."""
        given = [answer for answer in self.of(crowd) if answer.status == 200]
        return len(given) / (max(answer.started + answer.seconds for answer in given) - self.began)


def p95(answers):
    """Seconds: 95 of 100 answers took no longer. The nearest rank."""
    ordered = sorted(answer.seconds for answer in answers)
    return ordered[math.ceil(0.95 * len(ordered)) - 1]


def drive(address, crowds, *, seconds):
    """Let `crowds` ask `address` for `seconds`, in a process of their own, and return Answers."""
    plan = {"address": address, "seconds": seconds, "crowds": [asdict(crowd) for crowd in crowds]}
    process = subprocess.Popen(
        [*WITH_US, sys.executable, "-m", "benchmarks.load.clients"],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        said, log = process.communicate(json.dumps(plan), timeout=seconds + _MORE)
    finally:
        process.kill()
        process.wait()
    if process.returncode:
        raise RuntimeError(f"the clients ended: {log[-2000:]}")
    found = json.loads(said)
    return Answers(**{**found, "answers": [Answer(**answer) for answer in found["answers"]]})
