"""The figure that a lesson is about as bars, one under the other."""

from dataclasses import dataclass

from lessons.course.contract import Variant
from lessons.words.gains import KINDS


@dataclass(frozen=True, kw_only=True)
class GainBar:
    variant: Variant
    text: str  # 1,001 queries
    width: str  # as SVG takes it, of the longest


def make_gain_bars(gain):
    """Return a GainBar for each variant whose run ended."""
    figures = [(variant, value) for variant, value in gain.figures if value is not None]
    longest = max((value for _, value in figures), default=0)
    return tuple(
        GainBar(
            variant=variant,
            text=KINDS[gain.asks].told(value),
            width=f"{100 * value / longest if longest else 0:.2f}%",
        )
        for variant, value in figures
    )


def gained(lesson, variant):
    """The variants that a gain tells of: the naive, the optimized, and the one that is looked at."""
    pair = (lesson.variant("naive"), lesson.variant("optimized"))
    return pair if variant in pair else (*pair, variant)
