"""Tells what is missing, and what to look at: a sentence or two for each way to fall short."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from lab.exceptions import LoadError
from lab.recording.places import Place, StackPlaces
from lab.recording.report import Report, Status
from lab.shelves import Shelf
from lessons.challenge.measures import Measure
from lessons.challenge.verdict import Kind, Shortfall
from lessons.course.contract import LessonError
from lessons.runs.row_diff import diff_reports

_LONGEST = 60  # characters of an expression


def of_error(error: Exception, folder: Path) -> Shortfall:
    """Of a file that cannot be loaded, has no run(), or whose run() gives what is not plain rows."""
    if isinstance(error, LessonError):
        text = "Your code has no run(). Define it, and return or yield the rows."
        return Shortfall(kind=Kind.LOAD, text=text)
    if not isinstance(error, LoadError):
        return Shortfall(kind=Kind.ROWS, text=str(error))
    cause = error.__cause__
    if cause is None:
        return Shortfall(kind=Kind.LOAD, text=str(error))
    place = StackPlaces(folder).blame(cause)
    if place is None and isinstance(cause, SyntaxError) and cause.lineno:
        place = _place_of(cause)
        text = f"Line {place.line}, or what is just before it, is not valid Python: {cause.msg}."
    else:
        text = f"Your code cannot be loaded: {_ended(f'{type(cause).__name__}: {cause}')}{_look_at(place)}"
    return Shortfall(kind=Kind.LOAD, text=text, place=place)


def of_end(report: Report, shelf: Shelf) -> Shortfall:
    """Of a run that did not come to its end."""
    if report.status == Status.STOPPED:
        text = f"{_on(shelf)} your code was {report.error}. Look for a loop that does not end or asks too much."
        return Shortfall(kind=Kind.STOPPED, text=text, shelf=shelf.books)
    place = report.error_place
    if report.error_type == "UndeclaredWrite":
        text = f"Your code writes to the database, and here it may only read.{_look_at(place)}"
    elif report.error_type == "TypeError" and place is None:
        text = f"run() gives what is no list of rows: {_ended(report.error)} Return or yield the rows."
    else:
        text = f"{_on(shelf)} your code raises {_ended(report.error)}{_look_at(place)}"
    return Shortfall(kind=Kind.RAISED, text=text, shelf=shelf.books, place=place)


def of_rows(expected: Report, got: Report, shelf: Shelf, *, ordered: bool) -> Shortfall:
    expected, got = _by_line(expected), _by_line(got)
    if ordered and not diff_reports(expected, got, ordered=False).differences:
        text = f"{_on(shelf)} your code gives the right rows in another order. Look at what sorts them."
    elif expected.rows == got.rows:
        text = f"{_on(shelf)} your code gives as many rows as it should, but not the right ones."
    else:
        rows = "row" if got.rows == 1 else "rows"
        text = f"{_on(shelf)} your code gives {got.rows:,} {rows}; expected: {expected.rows:,}."
    difference = diff_reports(expected, got, ordered=ordered).differences
    return Shortfall(kind=Kind.ROWS, text=text, shelf=shelf.books, difference=difference)


def of_tables(names: Sequence[str], shelf: Shelf) -> Shortfall:
    text = (
        f"{_on(shelf)} your code returns the right rows, but leaves other data in the database."
        f" Look at what it writes to {' and '.join(names)}."
    )
    return Shortfall(kind=Kind.ROWS, text=text, shelf=shelf.books)


def of_no_query() -> Shortfall:
    text = "Your rows are right, but your code does not ask the database for them. Let a query tell."
    return Shortfall(kind=Kind.ROWS, text=text)


def of_budget(measure: Measure, expected: Report, got: Report, shelf: Shelf, folder: Path) -> Shortfall:
    figure, budget = measure.of_run(got), measure.of_run(expected)
    text = f"{_on(shelf)} your code {measure.does} {measure.told(figure)}; {budget:,} will do."
    most = max(got.groups, key=measure.of_group)
    if most.place:
        source = _source(folder, most.place)
        share = measure.of_group(most)
        part = "all" if share == figure else f"{share:,}"
        text += f" “{source}” in line {most.place.line} {measure.does} {part} of them."
    return Shortfall(kind=Kind.BUDGET, text=text, shelf=shelf.books, group=most.place)


def of_steps(yours: int, budget: int, shelf: Shelf) -> Shortfall:
    text = (
        f"{_on(shelf)} the database takes {yours:,} steps for your code; {budget:,} will do."
        " Look at the plan: which rows does it read, and what does it sort?"
    )
    return Shortfall(kind=Kind.BUDGET, text=text, shelf=shelf.books)


def _on(shelf: Shelf) -> str:
    return f"On a shelf of {shelf.books:,} books"


def _ended(text: str | None) -> str:
    return f"{(text or '').rstrip('.')}."


def _look_at(place: Place | None) -> str:
    return f" Look at line {place.line}." if place else ""


def _by_line(report: Report) -> Report:
    """Of a text its lines are compared."""
    if report.rendered is None:
        return report
    lines = tuple(report.rendered.splitlines())
    return replace(report, preview=lines, rows=len(lines))


def _source(folder: Path, place: Place) -> str:
    """The expression there, or the beginning of it."""
    line = (folder / place.file).read_text(encoding="utf-8").splitlines()[place.line - 1]
    end = place.end_column if place.line == place.end_line else None
    text = line[place.column : end].strip()
    whole = place.line == place.end_line and len(text) <= _LONGEST
    return text if whole else f"{text[:_LONGEST]}…"


def _place_of(error: SyntaxError) -> Place:
    line, column = error.lineno or 1, max(0, (error.offset or 1) - 1)
    file = Path(error.filename or "").name
    return Place(file=file, line=line, end_line=line, column=column, end_column=column + 1)
