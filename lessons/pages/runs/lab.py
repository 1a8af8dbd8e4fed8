"""One variant on one shelf, run for the page."""

from dataclasses import dataclass
from functools import cached_property

from lab.recording.cascade import CascadeNode
from lab.recording.report import Report, Status, Wall
from lab.running.fields import FieldUse
from lab.running.memory import Memory
from lab.running.rows import PREVIEW
from lab.shelves import WRITE, Shelf
from lessons.course.contract import Variant
from lessons.measured.gains import declared_gain
from lessons.measured.passes import measure_passes, unread
from lessons.pages.base import LessonPage
from lessons.pages.commands import run_command
from lessons.pages.gain_bars import gained, make_gain_bars
from lessons.pages.operator.ran import Run
from lessons.pages.runs.accesses import AccessList, make_accesses
from lessons.runs.code import running_files
from lessons.runs.recording import record
from lessons.words.fields import list_fields
from lessons.words.listing import list_file
from lessons.words.shown_files import list_shown_files

MEASURED_RUNS = 7
_MOSTLY = 2 / 3  # of all executions, or of the time
_FEW = 5  # rows returned, which push little out of sight


@dataclass(frozen=True, kw_only=True)
class Lab(LessonPage):
    """The part of a page that a switch swaps: one variant on one shelf."""

    variant: Variant
    report: Report
    wall: Wall | None = None
    memory: Memory | None = None
    fields: tuple[FieldUse, ...] | None = None
    accesses: AccessList | None = None
    cascades: tuple[CascadeNode, ...] = ()

    has_code = True

    @property
    def ran(self):
        return (Run(what=self.variant.name, shelf=self.shelf, report=self.report),)

    @property
    def command(self):
        return run_command(self.lesson, self.variant.name, books=self.shelf.books, engine=self.shelf.engine_name)

    @property
    def heading(self):
        return self.variant.title

    @property
    def current(self):
        return self.variant.name

    def there(self, shelf: Shelf, **said):
        return self.addresses.variant(self.variant, shelf, **said)

    def plan_url(self, n):
        """The address of the plan of statement n."""
        return self.addresses.plan(self.variant, n, self.shelf)

    @cached_property
    def listings(self):
        accesses = self.accesses.all if self.accesses else ()
        return [
            list_file(path, name=name, groups=self.report.groups, accesses=accesses)
            for name, path in running_files(self.lesson, self.variant)
        ]

    @property
    def shown_files(self):
        return list_shown_files(self.lesson)

    @property
    def gained(self):
        return gained(self.lesson, self.variant)

    @cached_property
    def gain_bars(self):
        """What the lesson gains, as far as it is known without a run: queries are declared, and proved."""
        if self.report.status != Status.OK or self.lesson.guess.asks != "queries":
            return ()
        gain = declared_gain(self.shelved, self.gained, **{self.variant.name: self.report.queries})
        return make_gain_bars(gain) if gain else ()

    @property
    def gain_url(self):
        """Where the gain is measured, if it has to be: queries too, on a shelf that they are not declared for."""
        measured = self.report.status == Status.OK and not self.gain_bars
        beside = {} if self.variant.name in ("naive", "optimized") else {"beside": self.variant.name}
        return self.addresses.page("gain", self.shelf, **beside) if measured else ""

    @cached_property
    def heaviest(self):
        """The index of the one group of statements that matters most among several, or None."""
        return heaviest(self.report.groups)

    @property
    def opens_rows(self):
        """Whether the rows are what the lesson is about, and few."""
        return "correctness" in self.lesson.saves and self.report.rows <= _FEW

    @property
    def times(self):
        """(database, Python) of the measured median, in nanoseconds, by the recorded run's shares."""
        return self.report.split(self.wall.median if self.wall else self.report.wall_ns)

    @property
    def unread(self):
        """Cells, one field of one row each, that were fetched into objects and never read."""
        return unread(self.fields)

    @property
    def fields_by_model(self):
        return list_fields(self.fields or ())

    @property
    def expected_error(self):
        declared = self.variant.raises.value(self.shelved.environment)
        return self.report.status == Status.RAISED and self.report.error_type == declared


def heaviest(groups):
    """The index of the group that has most of the executions, or else of the time; None where none has."""
    queries = [group for group in groups if group.is_query]
    for amount in (lambda group: group.count, lambda group: group.total_ns):
        most = max(queries, key=amount, default=None)
        if most and len(queries) > 1 and amount(most) > _MOSTLY * sum(map(amount, queries)):
            return most.index
    return None


def make_lab(shelved, variant, *, measure=False, accesses=False, keep=PREVIEW):
    """Record the variant. measure: also its time without the recorder, and of memory and fields what it saves.

    accesses: also who answers each access; keep: how many rows the preview has
    """
    report = record(shelved, variant, keep=keep)
    measured = {}
    if shelved.lesson.access == WRITE and report.groups:
        measured["cascades"] = shelved.cascades(report.groups)
    if accesses and report.status == Status.OK:
        measured["accesses"] = make_accesses(shelved, variant, report)
    if measure and report.status == Status.OK:
        measured["wall"] = shelved.measure(variant, runs=MEASURED_RUNS)
        measured |= measure_passes(shelved, variant)
    return Lab(shelved=shelved, variant=variant, report=report, **measured)
