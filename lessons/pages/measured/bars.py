"""The figures of a staircase, and their bars: each is drawn relative to the largest of its figure."""

from collections.abc import Callable
from dataclasses import dataclass

from lessons.measured.stairs import Measurement
from lessons.words import figures


@dataclass(frozen=True, kw_only=True)
class Figure:
    name: str  # in addresses
    heading: str
    verb: str
    unit: tuple[str, str]  # one, many
    parts: Callable[[Measurement], tuple]  # what a bar is made of
    text: Callable[[float], str] = figures.figure

    def value(self, measured):
        return sum(self.parts(measured))

    def told(self, measured):
        """201 queries"""
        value = self.value(measured)
        return f"{self.text(value)} {self.unit[value != 1]}"


FIGURES = (
    Figure(
        name="queries",
        heading="queries",
        verb="runs",
        unit=("query", "queries"),
        parts=lambda measured: (measured.queries,),
    ),
    Figure(
        name="rows",
        heading="rows fetched",
        verb="fetches",
        unit=("row", "rows"),
        parts=lambda measured: (measured.rows,),
    ),
    Figure(
        name="cells",
        heading="cells fetched",
        verb="fetches",
        unit=("cell", "cells"),
        parts=lambda measured: (measured.cells,),
    ),
    Figure(
        name="time",
        heading="ms",
        verb="takes",
        unit=("ms", "ms"),
        parts=lambda measured: (measured.database_ns, measured.python_ns),
        text=figures.ms,
    ),
)


@dataclass(frozen=True, kw_only=True)
class Part:
    """A stretch of a bar as SVG takes it: "12.50%"."""

    x: str
    width: str


@dataclass(frozen=True, kw_only=True)
class Bar:
    figure: Figure
    text: str
    parts: tuple[Part, ...]


def make_bars(measured, results):
    """Return a Bar for each of FIGURES; `results` are all the Measurements that are drawn."""
    return tuple(_bar(each, measured, max(map(each.value, results))) for each in FIGURES)


def describe(figure, first, last):
    """Tell how a figure changes from one (title, Measurement) to another; a sentence."""
    (left, before), (right, after) = first, last
    if figure.value(before) == figure.value(after):
        return f"Each of them {figure.verb} {figure.told(before)}."
    less = f" ({figures.factor(figure.value(before) / figure.value(after))})" if figure.value(after) else ""
    return f"{left} {figure.verb} {figure.told(before)}, {right} {figure.told(after)}{less}."


def _bar(figure, measured, largest):
    parts, start = [], 0
    for value in figure.parts(measured):
        parts.append(Part(x=_percent(start, largest), width=_percent(value, largest)))
        start += value
    return Bar(figure=figure, text=figure.text(figure.value(measured)), parts=tuple(parts))


def _percent(value, largest):
    return f"{100 * value / largest if largest else 0:.2f}%"
