"""Two variants on every shelf of an engine, or at every page of one: how queries and time grow."""

from dataclasses import dataclass
from datetime import datetime

from lab.recording.report import Status
from lessons.course.contract import Variant
from lessons.measured.scaling import OFTEN, Point, latest_scaling
from lessons.pages.base import Measured, PageOfAll
from lessons.pages.errors.faults import WrongValue, nearest_number, shown
from lessons.pages.measured.axis import axis_of
from lessons.pages.measured.chart import make_chart
from lessons.pages.measured.curve_table import make_table
from lessons.pages.measured.growth import describe
from lessons.pages.switches import Choice, pair_choices

LATENCIES = ("0", "0.5", "2", "20")  # milliseconds for the round trip of one query
_ACCENTS = ("naive", "optimized")  # colours


@dataclass(frozen=True, kw_only=True)
class CurvePoint:
    """A run, and its time as if every query had a round trip on top."""

    point: Point
    computed_ns: float


@dataclass(frozen=True, kw_only=True)
class CurveLine:
    """One variant on every shelf, or at every value of what the curve is over."""

    variant: Variant
    accent: str
    rows: tuple[CurvePoint, ...]

    @property
    def unavailable(self):
        """Why it cannot run here, or None."""
        return next((row.point.error for row in self.rows if row.point.status == Status.UNAVAILABLE), None)


@dataclass(frozen=True, kw_only=True)
class Curve(Measured, PageOfAll):
    """The part of the page that a switch swaps."""

    latency: str
    left: CurveLine
    right: CurveLine
    measured_at: datetime

    current = "curve"
    most_runs = OFTEN

    @property
    def shelf_choices(self):
        return super().shelf_choices if self.lesson.curve else ()  # they are all here

    @property
    def axis(self):
        return axis_of(self.lesson)

    def there(self, shelf, **said):
        """Also where the reader chooses the shelf that pages open on: this one opens on another."""
        return super().there(shelf, **said, **({"books": shelf.books} if self.lesson.curve else {}))

    @property
    def said(self):
        return {"left": self.left.variant.name, "right": self.right.variant.name, "latency": self.latency}

    @property
    def lines(self):
        return [self.left, self.right]

    @property
    def charts(self):
        trip = "" if self.latency == "0" else f", with {self.latency} ms for every query (computed)"
        return [
            make_chart("Queries", self.lines, self.axis, lambda row: row.point.queries),
            make_chart(f"Time in ms{trip}", self.lines, self.axis, lambda row: row.computed_ns / 1e6),
        ]

    @property
    def table(self):
        return make_table(self.left, self.right, self.latency, self.axis)

    @property
    def ends_by_itself(self):
        """Whether what the runs return says how far it goes."""
        return bool(self.lesson.curve and not self.lesson.curve.values)

    @property
    def has_cut(self):
        return any(row.point.is_cut for line in self.lines for row in line.rows)

    @property
    def growth(self):
        return describe(self.lines, self.latency, self.axis)

    @property
    def pair_choices(self):
        return pair_choices(self.lesson, self.url, left=self.left.variant, right=self.right.variant)

    @property
    def latency_choices(self):
        return [
            Choice(
                label=latency,
                url=self.url(latency=latency),
                current=latency == self.latency,
                key=f"latency-{index}",
            )
            for index, latency in enumerate(LATENCIES)
        ]


def make_curve(shelved, left, right, *, latency="0", again=False):
    """Run two variants at every point of the lesson's curve, unless they lately were, and return the Curve.

    latency: milliseconds, one of LATENCIES; again: measure anew
    """
    scaling = latest_scaling(shelved, (left, right), again=again)
    lines = [
        CurveLine(variant=variant, accent=accent, rows=tuple(_row(point, latency) for point in points))
        for variant, accent, points in zip((left, right), _accents(left, right), scaling.points, strict=True)
    ]
    return Curve(shelved=shelved, latency=latency, left=lines[0], right=lines[1], measured_at=scaling.measured_at)


def latency_from(request):
    """Return the latency that the address asks for. Raises WrongValue."""
    latency = request.GET.get("latency", LATENCIES[0])
    if latency not in LATENCIES:
        numbers = {float(each): each for each in LATENCIES}
        raise WrongValue(
            f"There is no round trip of “{shown(latency)}” ms. There are: {', '.join(LATENCIES)}.",
            latency=numbers[nearest_number(latency, [*numbers], otherwise=0)],
        )
    return latency


def _accents(left, right):
    """Warm is naive and cool is optimized, wherever they stand; another variant takes the colour left over."""
    return _ACCENTS[::-1] if left.name == "optimized" or right.name == "naive" else _ACCENTS


def _row(point, latency):
    return CurvePoint(point=point, computed_ns=point.wall_ns + point.queries * float(latency) * 1e6)
