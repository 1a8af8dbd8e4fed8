"""Judges a reader's code by what it does: the reference's rows, at no higher price, on each of several shelves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from lab.exceptions import LoadError, RowsError
from lab.recording.report import Report, Status
from lab.shelves import WRITE, Shelf
from lessons.challenge import shortfalls
from lessons.challenge.measures import STEPS, judges_steps, measures_of
from lessons.challenge.offering import NAIVE, REFERENCE
from lessons.challenge.steps import steps_allowed, steps_of
from lessons.challenge.tables import tables_after
from lessons.challenge.verdict import Kind, ShelfResult, Shortfall, Verdict
from lessons.course.contract import LessonError
from lessons.runs.parcel import unparcel
from lessons.runs.row_diff import KEPT
from lessons.runs.shelved import ShelvedLesson


def judge(lesson: dict[str, Any], code: str, *, root: Path, shelves: Sequence[Shelf]) -> Verdict:
    """Return the Verdict on `code`, the text of a reader's naive.py.

    lesson: its parcel; root: a folder for its files. Raises LabError or LessonError where the lesson itself
    does not run.
    """
    name = f"{NAIVE}.py"
    own = unparcel({**lesson, "files": {**lesson["files"], name: code}}, root)
    found: dict[Kind, Shortfall] = {}
    trials: list[Trial] = []
    for shelf in shelves:
        shelved = ShelvedLesson(lesson=own, shelf=shelf)
        expected = shelved.record(own.variant(REFERENCE), keep=KEPT)
        if expected.status != Status.OK:
            remedy = "Tell us, with the name and version of your browser."
            raise LessonError(own.path, f"the solution does not run here: {expected.error}.", remedy)
        try:
            report = shelved.record(own.variant(NAIVE), keep=KEPT)
        except (LoadError, LessonError, RowsError) as error:
            shortfall = shortfalls.of_error(error, own.folder)
            found[shortfall.kind] = shortfall
            break
        if report.status != Status.OK:
            shortfall = shortfalls.of_end(report, shelf)
            found[shortfall.kind] = shortfall
            break
        trials.append(Trial(shelved=shelved, expected=expected, report=report))
    for trial in trials:
        for shortfall in trial.shortfalls():
            found.setdefault(shortfall.kind, shortfall)
    if not found and _is_written_down(trials):
        found[Kind.ROWS] = shortfalls.of_no_query()
    return Verdict(
        missing=tuple(found[kind] for kind in Kind if kind in found),
        shelves=tuple(trial.result() for trial in trials),
        rule=own.rule,
    )


def _is_written_down(trials: Sequence["Trial"]) -> bool:
    """Whether rows that are the same on all shelves were given without a question to the database."""
    return (
        len({trial.expected.digest for trial in trials}) == 1
        and any(trial.expected.queries for trial in trials)
        and not any(trial.report.queries for trial in trials)
    )


@dataclass(frozen=True, kw_only=True)
class Trial:
    """The reader's code on a shelf, which came to its end, beside the reference."""

    shelved: ShelvedLesson
    expected: Report
    report: Report

    @property
    def same_rows(self) -> bool:
        return self.report.digest == self.expected.digest

    @cached_property
    def wrong_tables(self) -> list[str]:
        """Names of the tables that do not hold what they hold after the reference."""
        if self.shelved.lesson.access != WRITE or not self.same_rows:
            return []
        expected, got = (tables_after(self.shelved, self.shelved.lesson.variant(n)) for n in (REFERENCE, NAIVE))
        return sorted(name for name in expected if got.get(name) != expected[name])

    @cached_property
    def steps(self) -> tuple[int, int] | None:
        """The reader's and the budget, where they are judged."""
        if not judges_steps(self.shelved.lesson):
            return None
        yours, reference = (steps_of(self.shelved, self.shelved.lesson.variant(n)) for n in (NAIVE, REFERENCE))
        return yours, steps_allowed(reference)

    def shortfalls(self) -> Iterator[Shortfall]:
        lesson, shelf = self.shelved.lesson, self.shelved.shelf
        if not self.same_rows:
            yield shortfalls.of_rows(self.expected, self.report, shelf, ordered=lesson.ordered)
        if self.wrong_tables:
            yield shortfalls.of_tables(self.wrong_tables, shelf)
        for measure in measures_of(lesson):
            if measure.of_run(self.report) > measure.of_run(self.expected):
                yield shortfalls.of_budget(measure, self.expected, self.report, shelf, lesson.folder)
        if self.steps and self.steps[0] > self.steps[1]:
            yield shortfalls.of_steps(*self.steps, shelf)

    def result(self) -> ShelfResult:
        figures = {
            measure.name: (measure.of_run(self.report), measure.of_run(self.expected))
            for measure in measures_of(self.shelved.lesson)
        }
        if self.steps:
            figures[STEPS] = self.steps
        return ShelfResult(
            books=self.shelved.shelf.books,
            rows=self.report.rows,
            expected_rows=self.expected.rows,
            same=self.same_rows and not self.wrong_tables,
            figures=figures,
        )
