"""What a lesson asks its reader before the code runs."""

from dataclasses import dataclass

# A figure of the naive variant: queries, rows fetched, rows returned; of the rows returned, how many are not the
# optimized one's.
FIGURES = ("queries", "rows", "returned", "differing")
# How many times less the optimized variant takes: cells fetched and never read, memory, time.
RATIOS = ("fields", "memory", "time")
ASKS = (*FIGURES, *RATIOS)


@dataclass(frozen=True, kw_only=True)
class Guess:
    asks: str  # one of ASKS; a race asks whether its invariant is kept
    question: str | None  # where the lesson asks in words of its own
    why: str  # why the answer is what it is
