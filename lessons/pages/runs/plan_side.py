"""One of the plans of a page, and what is told around it."""

from dataclasses import dataclass

from lab.running.explaining import Explanation
from lessons.course.contract import Variant
from lessons.pages.addresses import Addresses
from lessons.pages.runs.plan_bars import Scale, list_steps
from lessons.runs.shelved import ShelvedLesson

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
    scale: Scale | None = None  # of the bars of all plans of the page

    @property
    def plan(self):
        return self.explanation and self.explanation.plan

    @property
    def steps(self):
        return list_steps(self.plan, self.scale)

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
