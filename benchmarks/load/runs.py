"""Thousands of runs: what web workers and runners hold after the last ÷ after the first tenth."""

from time import monotonic, sleep

from benchmarks.figure import Figure, at_most, within
from benchmarks.load.driving import Crowd, drive
from benchmarks.load.pages import runs
from benchmarks.load.processes import hold
from benchmarks.load.reading import statuses

CLIENTS = 4
_A_RUN = 5  # seconds at the most, in the mean
_CALM = 10  # seconds in which what a run had is to be given back
_FLAT = {
    "memory": ("MiB", "Flat: the site may run for weeks. Resident memory; what processes share counts in each."),
    "descriptors": ("descriptors", "Flat: no file and no connection is left open."),
    "processes": ("processes", "Flat: no child is left behind."),
}
_LEFT = {
    "connections": "Connections to PostgreSQL that are there when nothing runs, and were not after the first "
    "tenth.",
    "copies": "Throw-away copies of shelves that are there when nothing runs, and were not after the first tenth.",
}


def many_runs(address, data_dir, engines, count, *, pages=None):
    """Yield figures of `count` runs."""
    pages = pages or runs([engine.name for engine in engines])
    _run(address, pages, len(pages) * 4)  # each worker has seen each page
    first = _run(address, pages, count // 10)
    before = _calm(data_dir, engines)
    rest = _run(address, pages, count - count // 10)
    after = _calm(data_dir, engines)
    done = [*first.answers, *rest.answers]
    for what, (unit, means) in _FLAT.items():
        yield Figure(
            name=f"{what} of web workers and runners, {len(done):,} runs",
            ours=getattr(after, what),
            peer=getattr(before, what),
            versus=f"after {len(first.answers):,} runs",
            unit=unit,
            goal=within(0.1),
            means=means,
        )
    for what, means in _LEFT.items():
        yield Figure(
            name=f"{what} left, {len(done):,} runs",
            ours=max(0, getattr(after, what) - getattr(before, what)),
            peer=len(rest.answers),
            versus="all later runs",
            unit=what,
            goal=at_most(0),
            means=means,
        )
    yield statuses(f"{len(done):,} runs", done)


def _run(address, pages, answers):
    crowd = Crowd(name="running", users=CLIENTS, pages=pages, in_order=True, answers=answers)
    return drive(address, [crowd], seconds=max(60, answers * _A_RUN))


def _calm(data_dir, engines):
    """What is held once nothing of that changes, or after seconds."""
    held, until = hold(data_dir, engines), monotonic() + _CALM
    while monotonic() < until:
        sleep(1)
        before, held = held, hold(data_dir, engines)
        if before == held:
            break
    return held
