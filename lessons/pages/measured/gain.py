"""What the optimized variant of a lesson gains, in the one figure that the lesson is about."""

from dataclasses import dataclass

from lessons.course.contract import Variant
from lessons.measured.gains import Gain, latest_gain
from lessons.pages.base import LessonPage, Measured
from lessons.pages.gain_bars import gained, make_gain_bars


@dataclass(frozen=True, kw_only=True)
class GainPage(Measured, LessonPage):
    """The figure of the naive variant, of the optimized one, and of a third where that is asked for."""

    gain: Gain
    beside: Variant | None

    heading = "What it gains"

    @property
    def measured_at(self):
        return self.gain.measured_at

    @property
    def gain_bars(self):
        return make_gain_bars(self.gain)

    def there(self, shelf, **said):
        return self.addresses.page("gain", shelf, **said)

    @property
    def said(self):
        return {"beside": self.beside.name} if self.beside else {}


def make_gain_page(shelved, beside, *, again=False):
    """Measure, unless it lately was. Raises as latest_gain().

    beside: a variant; again: accept nothing that was measured before
    """
    variants = gained(shelved.lesson, beside)
    return GainPage(
        shelved=shelved,
        gain=latest_gain(shelved, variants, again=again),
        beside=variants[2] if len(variants) > 2 else None,
    )
