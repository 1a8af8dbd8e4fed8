"""The course on one page: what each lesson changes in the code, and what that changes in the counts."""

from dataclasses import dataclass

from django.urls import reverse

from lab.engines import get_engine
from lessons.course.catalog import Track
from lessons.course.contract import Lesson
from lessons.pages.addresses import Addresses
from lessons.pages.changed import changed_lines
from lessons.pages.errors.faults import WrongValue, nearest_name, shown
from lessons.pages.overviews.claims import ALL
from lessons.pages.overviews.forms import Forms, forms_of
from lessons.pages.switches import Choice


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
    """track: a slug, ALL, or "" for the first: all of them are a very long page. Raises WrongValue."""
    slugs = [each.slug for each in catalog.tracks]
    if track not in ("", ALL, *slugs):
        raise WrongValue(
            f"There is no track “{shown(track)}”. There are: {', '.join(slugs)}.",
            track=nearest_name(track, [*slugs, ALL]),
        )
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
