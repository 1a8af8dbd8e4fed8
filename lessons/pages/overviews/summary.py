"""The course on one page: what each lesson changes in the code, and what that changes in the counts."""

from dataclasses import dataclass

from django.utils.safestring import mark_safe

from lab.engines import get_engine
from lessons.course.contract import Lesson
from lessons.pages.addresses import Addresses
from lessons.pages.overviews.forms import Forms, forms_of
from lessons.pages.runs.compare import align
from lessons.words.listing import list_file

_LINES = 3  # of each form that a row has room for


@dataclass(frozen=True, kw_only=True)
class SummaryRow:
    """One lesson: its two forms where they differ, and the queries they declare."""

    lesson: Lesson
    url: str
    naive: tuple[str, ...]  # lines as HTML; "…" where there are more
    optimized: tuple[str, ...]
    forms: Forms
    engines: tuple[str, ...]  # labels


def make_summary(catalog):
    """Return [(Track, SummaryRows)]."""
    return [(track, [_row(lesson) for lesson in track.lessons]) for track in catalog.tracks]


def _row(lesson):
    naive, optimized = changed_lines(lesson.variant("naive"), lesson.variant("optimized"))
    return SummaryRow(
        lesson=lesson,
        url=Addresses(lesson).question(),
        naive=naive,
        optimized=optimized,
        forms=forms_of(lesson),
        engines=tuple(get_engine(name).label for name in lesson.engines),
    )


def changed_lines(left, right):
    """Return the lines, as HTML, that only one of two variants' files has; blank ones and imports left out."""
    lines = [list_file(form.path, name=form.path.name).lines for form in (left, right)]
    texts = [form.source.splitlines() for form in (left, right)]
    changed: tuple[list[str], list[str]] = ([], [])
    for pair in align(lines[0], lines[1], texts):
        for side, text, found in zip(pair, texts, changed, strict=True):
            if side.changed and side.number and _says_something(text[side.number - 1]):
                found.append(mark_safe(side.html.strip()))
    return tuple(_cut(found) for found in changed)


def _says_something(line):
    return line.strip() and not line.startswith(("from ", "import "))


def _cut(lines):
    return tuple(lines) if len(lines) <= _LINES else (*lines[: _LINES - 1], "…")
