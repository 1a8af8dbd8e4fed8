"""Each variant as a traced request: its spans as a waterfall, all on one scale of time."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.utils import timezone

from lessons.course.contract import Variant
from lessons.measured.latest import latest
from lessons.measured.passes import spans_of
from lessons.measured.spans import REQUESTS, Span, Trace
from lessons.pages.addresses import Addresses
from lessons.pages.base import Measured, PageOfAll
from lessons.words.figures import ms
from lessons.words.sql_text import summary

_FOLDED = 24  # a request of more spans has one row for all that are equal
_SINGLE = 100  # a row of more spans is drawn in strips, since each would be finer than a phone can show
_STRIPS = 200  # across the scale, each as strong in colour as it is full
_PALEST = 0.3  # of a strip with anything in it: in sight
_TICKS = 4  # parts of the scale


@dataclass(frozen=True, kw_only=True)
class MeasuredTraces:
    traces: dict[str, Trace]  # by the name of each variant that can run
    measured_at: datetime


@dataclass(frozen=True, kw_only=True)
class SpanBar:
    """A stretch of the scale as SVG takes it."""

    x: str
    width: str
    opacity: str = "1"


@dataclass(frozen=True, kw_only=True)
class SpanRow:
    """One span, or all that have the same statement."""

    label: str
    spans: tuple[Span, ...]
    bars: tuple[SpanBar, ...]

    @property
    def statement(self):
        return self.spans[0].statement

    @property
    def count(self):
        return len(self.spans)

    @property
    def start_ns(self):
        return self.spans[0].start_ns

    @property
    def duration_ns(self):
        return sum(span.duration_ns for span in self.spans)

    @property
    def failed(self):
        return any(span.failed for span in self.spans)


@dataclass(frozen=True, kw_only=True)
class Picture:
    """One variant: the rows of its request, the first of which is the request itself; none where it cannot run."""

    variant: Variant
    url: str
    trace: Trace | None
    rows: tuple[SpanRow, ...]
    off: str | None

    @property
    def in_spans_ns(self):
        return sum(span.duration_ns for span in self.trace.statements) if self.trace else 0

    @property
    def in_none_ns(self):
        """What the request took outside the spans within it."""
        return self.trace.request.duration_ns - self.in_spans_ns if self.trace else 0


@dataclass(frozen=True, kw_only=True)
class SpansPage(Measured, PageOfAll):
    pictures: tuple[Picture, ...]
    ticks: tuple[str, ...]  # milliseconds, from 0 to the end of the longest request
    measured_at: datetime

    current = "spans"
    requests = REQUESTS


def make_spans_page(shelved, *, again=False):
    """Trace a request of each variant on the shelf, unless it lately was, and return the SpansPage.

    again: trace anew. Raises LabError.
    """
    lesson, shelf = shelved.lesson, shelved.shelf
    key = "/".join(["spans", lesson.path, shelf.engine_name, str(shelf.books)])
    measured = latest(key, partial(_measure, shelved), again=again)
    longest = max((trace.request.duration_ns for trace in measured.traces.values()), default=0)
    return SpansPage(
        shelved=shelved,
        pictures=tuple(
            _picture(shelved, variant, measured.traces.get(variant.name), longest) for variant in lesson.variants
        ),
        ticks=tuple(ms(longest * tick / _TICKS) if tick else "0" for tick in range(_TICKS + 1)),
        measured_at=measured.measured_at,
    )


def _measure(shelved):
    return MeasuredTraces(traces=spans_of(shelved), measured_at=timezone.now())


def _picture(shelved, variant, trace, longest):
    return Picture(
        variant=variant,
        url=Addresses(shelved.lesson).variant(variant, shelved.shelf),
        trace=trace,
        rows=_rows(trace, longest) if trace else (),
        off=shelved.unavailable(variant),
    )


def _rows(trace, longest):
    request = SpanRow(label=trace.request.name, spans=(trace.request,), bars=_bars((trace.request,), longest))
    groups = _fold(trace.statements) if len(trace.statements) > _FOLDED else [(span,) for span in trace.statements]
    return request, *(
        SpanRow(label=summary(spans[0].statement or spans[0].name), spans=spans, bars=_bars(spans, longest))
        for spans in groups
    )


def _fold(spans):
    """The spans of each statement, in the order of their first."""
    groups: dict[str | None, list[Span]] = {}
    for span in spans:
        groups.setdefault(span.statement, []).append(span)
    return map(tuple, groups.values())


def _bars(spans, longest):
    if len(spans) > _SINGLE:
        return tuple(_strips(spans, longest))
    return tuple(
        SpanBar(x=_percent(span.start_ns / longest), width=_percent(span.duration_ns / longest)) for span in spans
    )


def _strips(spans, longest):
    """A SpanBar for each part of the scale that any of the spans is in."""
    width, filled = longest / _STRIPS, [0.0] * _STRIPS
    for span in spans:
        for strip in range(int(span.start_ns / width), min(int(span.end_ns / width), _STRIPS - 1) + 1):
            filled[strip] += min(span.end_ns, (strip + 1) * width) - max(span.start_ns, strip * width)
    for strip, ns in enumerate(filled):
        if ns:
            opacity = f"{max(_PALEST, ns / width):.2f}"
            yield SpanBar(x=_percent(strip / _STRIPS), width=_percent(1 / _STRIPS), opacity=opacity)


def _percent(share):
    return f"{100 * share:.3f}%"
