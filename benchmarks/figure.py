"""What is measured: a ratio, with both of its sides."""

from dataclasses import dataclass

_HOLDS = {
    "≤": lambda value, limit: value <= limit,
    "≥": lambda value, limit: value >= limit,
    "±": lambda value, limit: abs(value - 1) <= limit,
}


@dataclass(frozen=True, kw_only=True)
class Goal:
    sign: str  # ≤, ≥, or ± for so far from 1 at the most
    limit: float
    of: str = "ratio"  # or "ours", for a goal in the unit

    def is_met_by(self, figure):
        return _HOLDS[self.sign](getattr(figure, self.of), self.limit)


def at_most(limit, of="ratio"):
    return Goal(sign="≤", limit=limit, of=of)


def at_least(limit, of="ratio"):
    return Goal(sign="≥", limit=limit, of=of)


def within(limit):
    return Goal(sign="±", limit=limit)


@dataclass(frozen=True, kw_only=True)
class Figure:
    name: str
    ours: float
    peer: float  # what `versus` took in the same run
    versus: str
    unit: str  # of both
    means: str  # a sentence or two for who reads the table
    ratio: float | None = None  # where rounds were paired: the median of their ratios
    goal: Goal | None = None

    def __post_init__(self):
        if self.ratio is None:
            object.__setattr__(self, "ratio", self.ours / self.peer)

    @property
    def met(self):
        """Whether the goal is met; None where there is none."""
        return None if self.goal is None else self.goal.is_met_by(self)


@dataclass(frozen=True, kw_only=True)
class NotMeasured:
    name: str
    why: str
