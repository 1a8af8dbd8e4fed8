"""The plan of one statement of a variant, alone or beside another."""

from dataclasses import dataclass

from lab.engines import all_engines
from lab.exceptions import EngineUnavailable, NoStatement, ShelfMissing, ShelfStale
from lab.recording.bounds import Bounds
from lab.recording.report import Group, Report, Status
from lab.running.explaining import Explanation
from lessons.course.contract import Variant
from lessons.pages.addresses import Addresses
from lessons.pages.base import LessonPage
from lessons.pages.errors.faults import NoSuchPage
from lessons.pages.operator.ran import Run
from lessons.pages.runs.beside import find_beside
from lessons.pages.switches import Choice
from lessons.runs.shelved import ShelvedLesson
from lessons.words.sql_text import summary

_LISTING = Bounds(queries=500, seconds=2)  # enough to list the statements of other variants
_HOW_TO_READ = {
    "sqlite": "Steps run from top to bottom. What is indented belongs to the step above it.",
    "postgresql": "The innermost steps run first, and hand their rows to the step above. "
    "The time of a step holds that of the steps below it.",
    "mysql": "The innermost steps run first, and those of one level from top to bottom.",
}
_MEASURED = {
    "postgresql": "The statement was executed to measure it, in a read-only transaction that was rolled back. "
    "To time every row takes time too: compare the steps with each other, not the total with other pages.",
    "mysql": "The statement was executed to measure it. To time every row takes time too: compare the steps with "
    "each other, not the total with other pages.",
}


@dataclass(frozen=True, kw_only=True)
class PlanSide:
    """One statement of a variant with its plan, or why it has none."""

    shelved: ShelvedLesson
    variant: Variant
    n: int
    prefix: str  # of ids, unique on the page
    times: int  # how often the run executes this statement
    more: bool  # whether it may be more often: the listing of the run was stopped
    explanation: Explanation | None = None
    missing: str | None = None

    @property
    def plan(self):
        return self.explanation and self.explanation.plan

    @property
    def run_url(self):
        return Addresses(self.shelved.lesson).variant(self.variant, self.shelf)

    @property
    def shelf(self):
        return self.shelved.shelf

    @property
    def code_url(self):
        """The line that fires the statement, on the page of the variant."""
        place = self.explanation and self.explanation.statement.place
        return place and f"{self.run_url}#{place.file.replace('.', '').replace('/', '')}-{place.line}"

    @property
    def how_to_read(self):
        return _HOW_TO_READ[self.plan.vendor]

    @property
    def remark(self):
        return self.plan.remark or _MEASURED[self.plan.vendor]


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

    stylesheets = ("css/plan.css",)

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
        each.name: shelved.record(each, bounds=None if each.name in whole else _LISTING)
        for each in shelved.lesson.variants
    }
    sides = [_side(each, prefix, reports) for each, prefix in zip(wanted, ("", "beside-"), strict=False)]
    if sides[0].missing:
        raise NoSuchPage(sides[0].missing, nearest=_last_plan(shelved, variant, reports))
    return PlanPage(shelved=shelved, variant=variant, n=n, beside=beside, sides=tuple(sides), reports=reports)


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
