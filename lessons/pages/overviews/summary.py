"""The course on one page: what each lesson changes in the code, and what that changes in the counts."""

from dataclasses import dataclass

from django.utils.safestring import mark_safe

from lab.engines import get_engine
from lab.shelves import Shelf
from lessons.course.contract import SIZES, Lesson
from lessons.pages.overviews.outline import race_ends, saved
from lessons.pages.runs.compare import align
from lessons.pages.switches import lesson_url
from lessons.runs.running import environment
from lessons.words.listing import list_file

_LINES = 3  # of each form that a row has room for


@dataclass(frozen=True, kw_only=True)
class SummaryRow:
    """One lesson: its two forms where they differ, and the queries they declare."""

    lesson: Lesson
    url: str
    naive: tuple[str, ...]  # lines as HTML; "…" where there are more
    optimized: tuple[str, ...]
    counts: tuple[tuple[int, int, int], ...]  # (books, naive, optimized); none where they are races
    ends: tuple[str, ...]  # of races, naive and optimized: ("broken", "kept")
    saves: str  # where it is not queries: "saves rows and time"
    engines: tuple[str, ...]  # labels


def make_summary(catalog):
    """Return [(Track, SummaryRows)]."""
    return [(track, [_row(lesson) for lesson in track.lessons]) for track in catalog.tracks]


def _row(lesson):
    forms = lesson.variant("naive"), lesson.variant("optimized")
    naive, optimized = _changed(*forms)
    return SummaryRow(
        lesson=lesson,
        url=lesson_url(lesson),
        naive=naive,
        optimized=optimized,
        counts=() if lesson.has_races else _counts(forms),
        ends=race_ends(lesson) if lesson.has_races else (),
        saves=saved(lesson),
        engines=tuple(get_engine(name).label for name in lesson.engines),
    )


def _counts(forms):
    here = environment(Shelf(books=SIZES[-1]))
    return tuple((books, *(form.counts[books].value(here) for form in forms)) for books in SIZES)


def _changed(left, right):
    """The lines that only one of the two files has, blank ones and imports left out."""
    lines = [list_file(form.path, name=form.path.name).lines for form in (left, right)]
    texts = [form.source.splitlines() for form in (left, right)]
    changed = ([], [])
    for pair in align(*lines, texts):
        for side, text, found in zip(pair, texts, changed, strict=True):
            if side.changed and side.number and _says_something(text[side.number - 1]):
                found.append(mark_safe(side.html.strip()))
    return tuple(_cut(found) for found in changed)


def _says_something(line):
    return line.strip() and not line.startswith(("from ", "import "))


def _cut(lines):
    return tuple(lines) if len(lines) <= _LINES else (*lines[: _LINES - 1], "…")
