"""The course on one page: what each lesson changes in the code, and what that changes in the counts."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import mark_safe

from lab.engines import get_engine
from lessons.course.catalog import Track
from lessons.course.contract import Lesson
from lessons.pages.addresses import Addresses
from lessons.pages.asked import NotOffered
from lessons.pages.overviews.claims import ALL
from lessons.pages.overviews.forms import Forms, forms_of
from lessons.pages.runs.compare import align
from lessons.pages.switches import Choice
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


@dataclass(frozen=True, kw_only=True)
class Summary:
    parts: list[tuple[Track, list[SummaryRow]]]
    track_choices: list[Choice]


def make_summary(catalog, *, track=""):
    """track: a slug, ALL, or "" for the first: all of them are a very long page. Raises NotOffered."""
    slugs = [each.slug for each in catalog.tracks]
    if track not in ("", ALL, *slugs):
        raise NotOffered(f"There is no track “{track}”. There are: {', '.join(slugs)}.")
    chosen = track or (slugs[0] if slugs else ALL)
    titles = {**{each.slug: each.title for each in catalog.tracks}, ALL: "All tracks"}
    return Summary(
        parts=[
            (each, [_row(lesson) for lesson in each.lessons])
            for each in catalog.tracks
            if chosen in (ALL, each.slug)
        ],
        track_choices=[
            Choice(
                label=title,
                url=reverse("summary", query={"track": slug}),
                current=slug == chosen,
                key=f"track-{slug}",
            )
            for slug, title in titles.items()
        ],
    )


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
