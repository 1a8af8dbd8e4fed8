"""The cells of the isolation matrix. `head` is the EngineColumns that a cell stands under."""

from dataclasses import dataclass
from typing import Any

from lessons.measured.matrix import Effect, Trial, effect_on_forms

_SIGNS = {
    Effect.PREVENTED: "✓",
    Effect.OCCURS: "✗",
    Effect.ABORTS: "!",
    Effect.READS_ONLY: "◐",
    Effect.NONE: "–",
}


@dataclass(frozen=True, kw_only=True)
class Form:
    """One form of an anomaly at one level: a race."""

    trial: Trial
    url: str  # of the race

    @property
    def says(self):
        """The words of its title: who waited, and what the invariant says."""
        waited = " and ".join(name.capitalize() for name in self.trial.waited)
        return f"{waited} waited. {self.trial.words}" if waited else self.trial.words


@dataclass(frozen=True, kw_only=True)
class TrialCell:
    """One cell of the table. write: the form that writes, where the anomaly has one"""

    head: Any
    first: bool  # of its engine
    reads: Form
    write: Form | None

    @property
    def effect(self):
        return effect_on_forms([form.trial.effect for form in (self.reads, self.write) if form])

    @property
    def sign(self):
        return _SIGNS[self.effect]


@dataclass(frozen=True, kw_only=True)
class Gap:
    """Where an engine has no results, or a race was not run yet."""

    head: Any
    span: int  # columns
    first: bool = True  # of its engine
