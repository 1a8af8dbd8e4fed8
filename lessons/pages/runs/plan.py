"""The plan of one statement of a variant, alone or beside another."""

from dataclasses import dataclass, replace

from lab.engines import all_engines
from lab.exceptions import EngineUnavailable, NoStatement, ShelfMissing, ShelfStale
from lab.recording.bounds import Bounds
from lab.recording.report import Group, Report, Status
from lessons.course.contract import Variant
from lessons.pages.addresses import Addresses
from lessons.pages.base import LessonPage
from lessons.pages.errors.faults import NoSuchPage
from lessons.pages.operator.ran import Run
from lessons.pages.runs.beside import find_beside
from lessons.pages.runs.plan_bars import make_scale
from lessons.pages.runs.plan_side import PlanSide
from lessons.pages.switches import Choice
from lessons.runs.recording import record
from lessons.words.plan_changes import tell_changes
from lessons.words.sql_text import summary

_LISTING = Bounds(queries=500, seconds=2)  # enough to list the statements of other variants


@dataclass(frozen=True, kw_only=True)
class PlanPage(LessonPage):
    variant: Variant
    n: int
    beside: str  # as in the address; "" for none
    sides: tuple[PlanSide, ...]
    reports: dict[str, Report]  # of each variant, by name, as far as the listing goes

    has_prose = False

    @property
    def ran(self):
        """The run that lists its statements; those that explain them are as long."""
        return (Run(what=self.variant.name, shelf=self.shelf, report=self.reports[self.variant.name]),)

    @property
    def current(self):
        return self.variant.name

    @property
    def heading(self):
        return f"Plan of statement {self.n}, {self.variant.title}"

    def there(self, shelf, **said):
        return self.addresses.plan(self.variant, self.n, shelf, **said)

    @property
    def said(self):
        return {"beside": self.beside} if self.beside else {}

    @property
    def alone_url(self):
        return self.there(self.shelf)

    @property
    def changes(self):
        """What the second of two plans does otherwise; None where there are no two."""
        plans = [side.plan for side in self.sides if side.plan]
        if len(plans) < 2:
            return None
        return tell_changes(*plans, repeated=any(side.times > 1 for side in self.sides))

    @property
    def statements(self):
        """[(variant, [Choice of another statement to put beside])]"""
        listed = [(variant, self._besides(variant)) for variant in self.lesson.variants]
        return [(variant, choices) for variant, choices in listed if choices]

    @property
    def engines(self):
        """Choices of this statement on the other engines."""
        others = [engine for engine in all_engines() if engine.name != self.shelf.engine_name and not engine.off()]
        return [self._choice(f"{self.variant.name}.{self.n}.{e.name}", e.label) for e in others]

    def _besides(self, variant):
        return [
            self._choice(f"{variant.name}.{group.index}", _label(group))
            for group in _queries(self.reports, variant)
            if (variant, group.index) != (self.variant, self.n)
        ]

    def _choice(self, beside, label):
        return Choice(
            label=label,
            url=self.url(beside=beside),
            current=beside == self.beside,
            key=f"beside-{beside}".replace(".", "-"),
        )


def _label(group: Group):
    return f"{group.index:,}: {summary(group.sql)}"


def make_plan_page(shelved, variant, n, *, beside=""):
    """beside: "optimized.1", or "optimized.1.postgresql" for another engine. Raises NoSuchPage."""
    wanted = [(shelved, variant, n), *([find_beside(shelved, beside)] if beside else [])]
    whole = {each.name for _, each, _ in wanted}  # how often their statements run is told
    reports = {
        each.name: record(shelved, each, bounds=None if each.name in whole else _LISTING)
        for each in shelved.lesson.variants
    }
    sides = [_side(each, prefix, reports) for each, prefix in zip(wanted, ("", "beside-"), strict=False)]
    if sides[0].missing:
        raise NoSuchPage(sides[0].missing, nearest=_last_plan(shelved, variant, reports))
    scale = make_scale(side.plan for side in sides if side.plan)
    drawn = tuple(replace(side, scale=scale) for side in sides)
    return PlanPage(shelved=shelved, variant=variant, n=n, beside=beside, sides=drawn, reports=reports)


def _last_plan(shelved, variant, reports):
    """The address of the plan of a variant's last query; of the variant's page where it has none."""
    last = max((group.index for group in _queries(reports, variant)), default=0)
    addresses = Addresses(shelved.lesson)
    return addresses.plan(variant, last, shelved.shelf) if last else addresses.variant(variant, shelved.shelf)


def _queries(reports, variant):
    return [group for group in reports[variant.name].groups if group.is_query]


def _side(wanted, prefix, reports):
    shelved, variant, n = wanted
    side = {
        "shelved": shelved,
        "variant": variant,
        "n": n,
        "prefix": prefix,
        "times": next((group.count for group in _queries(reports, variant) if group.index == n), 1),
        "more": reports[variant.name].status == Status.STOPPED,
    }
    try:
        return PlanSide(**side, explanation=shelved.explain(variant, n))
    except (NoStatement, EngineUnavailable, ShelfMissing, ShelfStale) as error:
        if not prefix and not isinstance(error, NoStatement):
            raise
        return PlanSide(**side, missing=str(error))
