"""Runs a race in every order that its turns can come in."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from time import monotonic

from lab.race.report import RaceReport
from lab.recording.report import Status

Schedule = tuple[str, ...]  # names of sessions, one for each turn


@dataclass(frozen=True, kw_only=True)
class Orders:
    """reports: one for each order that was run, sorted by schedule."""

    reports: tuple[RaceReport, ...]
    is_complete: bool  # whether they are all that there are

    @property
    def broken(self) -> tuple[RaceReport, ...]:
        """The reports of those orders in which the invariant is broken."""
        return tuple(report for report in self.reports if report.kept is False)


def run_orders(run: Callable[[Schedule], RaceReport], *, most: int = 200, seconds: float = float("inf")) -> Orders:
    """Run a race in every distinct order of turns, or in a sample of `most`, and return the Orders.

    After `seconds` no further race is begun; what has been run until then is the sample.

    run: run(schedule), which returns a RaceReport

    Each run tells which sessions could have had each turn; a turn that another could have had opens a branch. The
    sample is drawn from a fixed seed, so that it is the same each time.
    """
    found: dict[Schedule, RaceReport] = {}
    open_: set[Schedule] = {()}
    chance = Random(0)
    deadline = monotonic() + seconds
    while open_ and len(found) < most and not (found and monotonic() > deadline):
        prefix = chance.choice(sorted(open_))
        open_.remove(prefix)
        report = run(prefix)
        if report.status != Status.OK:
            return Orders(reports=(*found.values(), report), is_complete=False)
        found[report.schedule] = report
        for turn in report.turns[len(prefix) :]:
            before = report.schedule[: turn.number - 1]
            open_.update((*before, other) for other in turn.could if other != turn.session)
    return Orders(reports=tuple(found[schedule] for schedule in sorted(found)), is_complete=not open_)
