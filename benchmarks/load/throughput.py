"""Recorded runs a second ÷ answers a second of a bare Django view with the same queries, in a server like it."""

from statistics import median

from benchmarks import BOOKS, LESSON
from benchmarks.figure import Figure, NotMeasured, at_least
from benchmarks.load.driving import Crowd, drive

NAME = "recorded optimized runs, throughput"
CLIENTS = 8
ROUNDS = 3
RECORDED = f"/lessons/{LESSON}/optimized/?books={BOOKS}"
BARE = "/queries/"


def throughput(address, bare_address, *, pages=(RECORDED, BARE), rounds=ROUNDS, seconds):
    """Yield the figure. Each server has `seconds` of each round, one after the other.

    pages: of the site, and of the bare server
    """
    rates = [[_rate(at, page, seconds) for at, page in zip((address, bare_address), pages, strict=True)]
             for _ in range(rounds)]  # fmt: skip
    if not all(peer for _, peer in rates):
        yield NotMeasured(
            name=NAME, why="the bare view answered nothing in time: something else takes the machine"
        )
        return
    recorded, bare = (median(each) for each in zip(*rates, strict=True))
    yield Figure(
        name=NAME,
        ours=recorded,
        peer=bare,
        ratio=median(ours / peer for ours, peer in rates),
        versus="a bare view of the same queries",
        unit="answers a second",
        goal=at_least(0.8),
        means="How many recorded runs of an optimized variant the site shows, for each answer of a Django "
        f"view that a developer would have written: the same query, a template that lists its {BOOKS:,} rows, "
        f"gunicorn with the same options, the same middleware. {CLIENTS} clients ask without a pause.",
    )


def _rate(address, page, seconds):
    crowd = Crowd(name="asking", users=CLIENTS, pages=[page])
    return drive(address, [crowd], seconds=seconds).per_second("asking")
