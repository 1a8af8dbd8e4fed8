"""A reader's guess, and how far it is from what came out."""

from dataclasses import dataclass

from lessons.course.guess import FIGURES
from lessons.measured.gains import Gain
from lessons.words.figures import figure
from lessons.words.gains import BANDS, KINDS, in_band, off_by


@dataclass(frozen=True, kw_only=True)
class Score:
    guess: str  # digits, or the name of one of BANDS
    gain: Gain

    @property
    def is_number(self) -> bool:
        return self.gain.asks in FIGURES

    @property
    def value(self) -> float | None:
        """What is right: a figure of the naive variant, or how many times less; None where a run did not end."""
        return self.gain.figure("naive") if self.is_number else self.gain.ratio

    @property
    def answer(self) -> str:
        """That in words, "" where there is none."""
        if self.value is None:
            return ""
        if self.is_number:
            return KINDS[self.gain.asks].told(self.value)
        return "nothing is left" if self.value == float("inf") else f"{figure(self.value)} times"

    @property
    def is_right(self) -> bool:
        if self.value is None:
            return False
        return int(self.guess) == self.value if self.is_number else in_band(self.guess, self.value)

    @property
    def is_near(self) -> bool:
        """Whether a number is within a tenth of the answer."""
        return self.is_number and self.value is not None and abs(int(self.guess) - self.value) * 10 <= self.value

    @property
    def said(self) -> str:
        """The guess, as it was made."""
        return f"{int(self.guess):,}" if self.is_number else BANDS[self.guess][0].lower()

    @property
    def off_by(self) -> str:
        return off_by(int(self.guess), int(self.value)) if self.is_number and self.value is not None else ""
