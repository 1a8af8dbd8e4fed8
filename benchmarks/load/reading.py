"""Fifty readers on mixed pages ÷ five who read alone, and what they are answered."""

import os

from benchmarks.figure import Figure, at_least, at_most
from benchmarks.load.driving import Crowd, drive, p95
from benchmarks.load.pages import READING, mixed

THINK = 0.5  # seconds between two pages of those whose times are taken
CLASS_THINKS = 3.0  # of a class of fifty


def warm(address, *, pages=READING):
    """Let each worker show each page: the first time it reads the course."""
    crowd = Crowd(name="first", users=4, pages=pages, in_order=True, answers=len(pages) * 6)
    drive(address, [crowd], seconds=120)


def idle(address, *, pages=READING, seconds):
    """Answers of five who read alone: what the others are compared with."""
    return drive(address, [Crowd(name="reading", users=5, pages=pages, think=THINK)], seconds=seconds)


def fifty(address, alone, engines, *, pages=READING, others=None, seconds):
    """Yield figures. Each of the fifty asks for a page to read as often as for another.

    alone: what idle() returned
    """
    others = others or [page for page in mixed(engines) if page not in READING]
    crowds = [
        Crowd(name="reading", users=25, pages=pages, think=CLASS_THINKS),
        Crowd(name="running", users=25, pages=others, think=CLASS_THINKS),
    ]
    found = drive(address, crowds, seconds=seconds)
    yield Figure(
        name="pages to read, p95, 50 readers",
        ours=p95(found.of("reading")) * 1000,
        peer=p95(alone.answers) * 1000,
        versus="the same pages, 5 readers",
        unit="ms",
        goal=at_most(3),
        means="How much longer a page without a run takes when a class of fifty is on the site, half of them "
        f"running variants, comparisons, guesses and curves; each asks for a page every {CLASS_THINKS:g} "
        "seconds or so. p95: 95 of 100 pages take no longer.",
    )
    yield statuses("50 readers", found.answers)
    yield clients("50 readers", found)


def statuses(name, answers):
    return Figure(
        name=f"answers that are 200 or 503, {name}",
        ours=sum(answer.status in (200, 503) for answer in answers),
        peer=len(answers),
        versus="all answers",
        unit="answers",
        goal=at_least(1),
        means="The site answers with the page, or says that it is busy and when to come back. Anything else is an "
        "error, or no answer at all.",
    )


def clients(name, found):
    return Figure(
        name=f"processor time of the clients, {name}",
        ours=found.cpu_seconds,
        peer=found.seconds * os.cpu_count(),
        versus="all cores for as long",
        unit="s",
        means="The clients run on the cores that they measure. What they take, the site does not have.",
    )
