"""Forty clients on the heaviest pages, half of whom obey Retry-After, while ten read."""

from benchmarks.figure import Figure, NotMeasured, at_least, at_most
from benchmarks.load.driving import Crowd, drive, p95
from benchmarks.load.pages import READING, heavy
from benchmarks.load.reading import THINK, clients, statuses

SHARE = 20  # clients that obey, and as many that do not
PAUSE = 0.5  # seconds between an answer and the next page of a client of the flood


def one_at_a_time(address, engines, *, pages=None, seconds):
    """Answers of one client on the heavy pages, without a pause: what the flood's are compared with."""
    crowd = Crowd(name="flood", users=1, pages=pages or heavy(engines), in_order=True)
    return drive(address, [crowd], seconds=seconds)


def flood(address, alone, single, engines, *, pages=READING, heavies=None, seconds):
    """Yield figures, or why one is missing.

    alone: what reading.idle() returned; single: what one_at_a_time() did
    """
    heavies = heavies or heavy(engines)
    flooding = {"users": SHARE, "pages": heavies, "think": PAUSE, "in_order": True}
    crowds = [
        Crowd(name="reading", users=10, pages=pages, think=THINK),
        Crowd(name="obeying", **flooding),
        Crowd(name="insisting", obeys=False, **flooding),
    ]
    found = drive(address, crowds, seconds=seconds)
    yield Figure(
        name="pages to read, p95, flood of heavy pages",
        ours=p95(found.of("reading")) * 1000,
        peer=p95(alone.answers) * 1000,
        versus="the same pages, 5 readers",
        unit="ms",
        goal=at_most(5),
        means=f"How much longer a page without a run takes for ten readers while {SHARE * 2} clients ask for "
        "the heaviest pages: curves, matrices, all orders and staircases measured anew, and 10,001 queries. "
        "Half of them wait as long as the site asks them to, half come back at once.",
    )
    yield from _refusals(found, alone)
    yield Figure(
        name="heavy pages, throughput, flood",
        ours=found.per_second("obeying") + found.per_second("insisting"),
        peer=single.pace("flood"),
        versus="one client, one at a time",
        unit="answers a second",
        goal=at_least(1),
        means="Heavy pages that are made in a second under the flood, for each that is made when one client "
        "asks for one after the other. Below 1, the flood keeps the site from its work.",
    )
    yield statuses("flood", found.answers)
    yield clients("flood", found)


def _refusals(found, alone):
    refusals = [answer for answer in found.answers if answer.status == 503]
    if not refusals:
        yield NotMeasured(name="refusals, flood", why="nobody was refused")
        return
    yield Figure(
        name="time until a refusal, p95, flood",
        ours=p95(refusals),
        peer=p95(alone.answers),
        versus="a page to read, p95, 5 readers",
        unit="s",
        goal=at_most(1, of="ours"),
        means="Who cannot be served is told so at once, instead of waiting for it.",
    )
    yield Figure(
        name="refusals that say when to come back, flood",
        ours=sum(bool(answer.retry_after) for answer in refusals),
        peer=len(refusals),
        versus="all refusals",
        unit="refusals",
        goal=at_least(1),
        means="They have a Retry-After.",
    )
    back = [answer for answer in found.of("obeying") if answer.came_back]
    if not back:
        yield NotMeasured(name="who comes back is admitted, flood", why="nobody came back before the flood ended")
        return
    yield Figure(
        name="who comes back is admitted, flood",
        ours=sum(answer.status == 200 for answer in back),
        peer=len(back),
        versus="all who came back after their Retry-After",
        unit="clients",
        goal=at_least(0.5),
        means="Whether Retry-After is true: who waits as long as it says is mostly served then, although the "
        "flood goes on.",
    )
