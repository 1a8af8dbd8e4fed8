"""Runs variants on one shelf at one value after another of what a curve is over: page 1, 2, 5, 10, …"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from lab.recording.report import Report, Status
from lessons.course.contract import Variant
from lessons.course.curve import Curve
from lessons.runs.shelved import ShelvedLesson

_DIGITS = (1, 2, 5)
_MOST = 1_000_000  # should there be no end


@dataclass(frozen=True, kw_only=True)
class Step:
    """The runs at one value."""

    at: int
    reports: dict[str, Report]  # by variant, without those that were stopped before

    def whole(self) -> set[str]:
        return {name for name, report in self.reports.items() if report.status == Status.OK}


@dataclass(frozen=True, kw_only=True)
class Series:
    steps: tuple[Step, ...]
    end: Step | None = None  # the first value at which a variant gave nothing new; it is on no curve
    ended: frozenset[str] = frozenset()  # the variants that gave nothing new there


@dataclass(frozen=True, kw_only=True)
class SeriesRunner:
    shelved: ShelvedLesson
    curve: Curve
    variants: Sequence[Variant]
    record: Callable[[ShelvedLesson, Variant], Report]

    def run(self) -> Series:
        """Run the variants at the declared values.

        Where none are declared: at 1, 2, 5, 10, 20, … for as long as each variant gives rows, and others than
        before. No variant is run again after it was stopped.
        """
        steps: list[Step] = []
        going = {variant.name for variant in self.variants}
        for value in self.curve.values or _values():
            step = Step(at=value, reports=self._reports(value, going))
            if steps and not self.curve.values and (ended := _ended(step, steps[-1])):
                return self._end(steps, step, ended)
            steps.append(step)
            going -= {name for name, report in step.reports.items() if report.status == Status.STOPPED}
            if not self.curve.values and not step.whole():
                break
        return Series(steps=tuple(steps))

    def _end(self, steps: list[Step], end: Step, ended: set[str]) -> Series:
        """Asked for a page that is not there, a run may give the last one: the step before may be past the end."""
        *before, last = steps
        if before and (ended_before := self._repeating(last, {name for name in ended if end.reports[name].rows})):
            steps, end, ended = before, last, ended_before
        others = self._repeating(end, end.whole() - ended)
        return Series(steps=tuple(steps), end=end, ended=frozenset(ended | others))

    def _repeating(self, step: Step, names: set[str]) -> set[str]:
        """Those of the variants that give the same rows for the value before."""
        before = self._reports(step.at - 1, names)
        return {name for name, report in before.items() if report.digest == step.reports[name].digest}

    def _reports(self, value: int, names: set[str]) -> dict[str, Report]:
        shelved = self.shelved.with_keywords(**{self.curve.over: value})
        return {each.name: self.record(shelved, each) for each in self.variants if each.name in names}


def _values() -> Iterator[int]:
    """1, 2, 5, 10, 20, 50, …"""
    power = 1
    while power <= _MOST:
        yield from (digit * power for digit in _DIGITS if digit * power <= _MOST)
        power *= 10


def _ended(step: Step, before: Step) -> set[str]:
    """The variants that give no rows, or those of the step before."""
    reports = step.reports
    return {
        name
        for name in step.whole()
        if not reports[name].rows or reports[name].digest == before.reports[name].digest
    }
