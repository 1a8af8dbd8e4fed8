"""One variant on one shelf, run for the page."""

from dataclasses import dataclass
from functools import cached_property

from lab.recording.cascade import cascades
from lab.recording.report import Report, Status, Wall
from lab.running.fields import FieldUse
from lab.running.memory import Memory
from lab.running.rows import PREVIEW
from lab.shelves import WRITE, Shelf
from lessons.course.contract import Lesson, Variant
from lessons.measured.passes import measure_passes, unread
from lessons.pages.runs.accesses import AccessList, make_accesses
from lessons.pages.runs.files import list_shown_files
from lessons.pages.switches import engine_choices, lesson_url, shelf_choices, variant_choices
from lessons.runs.running import measure_variant, models_of, record_variant
from lessons.words.fields import list_fields
from lessons.words.listing import list_file

MEASURED_RUNS = 7
_FEW = 5  # rows returned, which push little out of sight


@dataclass(frozen=True, kw_only=True)
class Lab:
    """The part of a page that a switch swaps: one variant on one shelf."""

    lesson: Lesson
    variant: Variant
    shelf: Shelf
    report: Report
    wall: Wall | None = None
    memory: Memory | None = None
    fields: tuple[FieldUse, ...] | None = None
    trace: AccessList | None = None

    @cached_property
    def listings(self):
        marked = {"groups": self.report.groups, "accesses": self.trace.accesses if self.trace else ()}
        return [list_file(path, name=name, **marked) for name, path in running_files(self.lesson, self.variant)]

    @property
    def shown_files(self):
        return list_shown_files(self.lesson)

    @cached_property
    def cascades(self):
        return cascades(self.report.groups, models_of(self.lesson)) if self.lesson.access == WRITE else ()

    @property
    def variant_choices(self):
        return variant_choices(self.lesson, self.shelf, current=self.variant.name)

    @property
    def shelf_choices(self):
        return shelf_choices(self.lesson, self.shelf, page=self.variant.name)

    @property
    def engine_choices(self):
        return engine_choices(self.lesson, self.shelf, page=self.variant.name)

    @property
    def engine_version(self):
        return self.shelf.engine.version()

    @property
    def measure_url(self):
        return lesson_url(self.lesson, self.variant.name, self.shelf, measure=1)

    @property
    def opens_rows(self):
        """Whether the rows are what the lesson is about, and few."""
        return "correctness" in self.lesson.saves and self.report.rows <= _FEW

    @property
    def times(self):
        """(database, Python) of the measured median, in nanoseconds, by the recorded run's shares."""
        return self.report.split(self.wall.median)

    @property
    def unread(self):
        """Cells, one field of one row each, that were fetched into objects and never read."""
        return unread(self.fields)

    @property
    def fields_by_model(self):
        return list_fields(self.fields or ())

    @property
    def expected_error(self):
        return self.report.status == Status.RAISED and self.report.error_type == self.variant.raises


def make_lab(lesson, variant, shelf, *, measure=False, trace=False, keep=PREVIEW):
    """Record the variant. measure: also its time without the recorder, and of memory and fields what it saves.

    trace: also who answers each access; keep: how many rows the preview has
    """
    report = record_variant(lesson, variant, shelf, keep=keep)
    measured = {}
    if trace and report.status == Status.OK:
        measured["trace"] = make_accesses(lesson, variant, shelf, report)
    if measure and report.status == Status.OK:
        measured["wall"] = measure_variant(lesson, variant, shelf, runs=MEASURED_RUNS)
        measured |= measure_passes(lesson, variant, shelf)
    return Lab(lesson=lesson, variant=variant, shelf=shelf, report=report, **measured)


def running_files(lesson, variant):
    """Return [(name, path)] of what runs: the variant's file, templates as they are first mentioned, the setup."""
    text, shown = variant.source, [variant.path]
    templates = {path.name: path for path in sorted(lesson.folder.glob("templates/**/*.*"))}
    while mentioned := [name for name in templates if name in text]:
        path = templates.pop(min(mentioned, key=text.index))
        text += path.read_text(encoding="utf-8")
        shown.append(path)
    shown += lesson.folder.glob("setup.py")
    return [(path.relative_to(lesson.folder).as_posix(), path) for path in shown]
