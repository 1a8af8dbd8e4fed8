"""Lists of lessons: the home page and a track's."""

from dataclasses import dataclass

from lessons.course.contract import SIZES, Kind, Lesson
from lessons.pages.addresses import Addresses
from lessons.pages.overviews.forms import Forms, forms_of, here


@dataclass(frozen=True, kw_only=True)
class OutlineEntry:
    """A lesson in a list of lessons, with what it declares of its two forms."""

    lesson: Lesson
    url: str
    forms: Forms
    needs: str | None  # where the optimized variant cannot run here: "Django >=6.1"


def outline(catalog):
    """Return [{"track", "entries", …}] for the lists of lessons."""
    return [outline_track(track) for track in catalog.tracks]


def outline_track(track):
    return {
        "track": track,
        "entries": [_entry(lesson) for lesson in track.lessons],
        "books": SIZES[-1],
        "has_races": any(lesson.kind is Kind.RACES for lesson in track.lessons),
    }


def _entry(lesson):
    optimized = lesson.variant("optimized")
    return OutlineEntry(
        lesson=lesson,
        url=Addresses(lesson).question(),
        forms=forms_of(lesson),
        needs=f"Django {optimized.django}" if optimized.needs(here()) else None,
    )
