"""How the figure that a lesson is about is asked for, and told."""

from collections.abc import Callable
from dataclasses import dataclass

from lessons.words.figures import figure, megabytes, ms


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One of lessons.course.guess.ASKS in words."""

    question: str
    unit: tuple[str, str]  # one, many
    text: Callable[[float], str] = figure

    def told(self, value: float) -> str:
        """101 queries"""
        return f"{self.text(value)} {self.unit[value != 1]}"


KINDS = {
    "queries": Kind(question="How many queries does the naive variant run?", unit=("query", "queries")),
    "rows": Kind(
        question="How many rows does the naive variant fetch from the database?",
        unit=("row fetched", "rows fetched"),
    ),
    "returned": Kind(
        question="How many rows does the naive variant return?", unit=("row returned", "rows returned")
    ),
    "differing": Kind(
        question="How many of the rows that the naive variant returns are wrong?", unit=("wrong row", "wrong rows")
    ),
    "fields": Kind(
        question="How many times fewer cells does the optimized variant fetch and never read?",
        unit=("cell never read", "cells never read"),
    ),
    "memory": Kind(
        question="How many times less memory does the optimized variant take?",
        unit=("MB at the peak", "MB at the peak"),
        text=megabytes,
    ),
    "time": Kind(question="How many times less time does the optimized variant take?", unit=("ms", "ms"), text=ms),
}
# Guesses at how many times less, each with what it goes up to.
BANDS = {
    "same": ("About the same", 1.5),
    "few": ("Up to 3 times", 3.0),
    "some": ("3 to 10 times", 10.0),
    "many": ("More than 10 times", float("inf")),
}
_LENIENT = 1.15  # beyond the edges of a band: figures of a busy machine vary


def in_band(name: str, ratio: float) -> bool:
    """Whether a ratio lies in a band of BANDS, or next to its edge."""
    names = list(BANDS)
    at = names.index(name)
    above = BANDS[names[at - 1]][1] if at else 0.0
    return above / _LENIENT < ratio <= BANDS[name][1] * _LENIENT


def off_by(guess: int, answer: int) -> str:
    """How far the answer is from a guess: “one more than you said”, “10 times what you said”."""
    less, more = sorted((guess, answer))
    if less and more >= 2 * less:
        times = f"{figure(round(more / less))} times"
        return f"{times} what you said" if answer > guess else f"{times} fewer than you said"
    difference = "one" if more - less == 1 else figure(more - less)
    return f"{difference} {'more' if answer > guess else 'fewer'} than you said"
