"""The lessons of one track, as they are listed."""

from dataclasses import dataclass

from lessons.course.catalog import Track
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


@dataclass(frozen=True, kw_only=True)
class TrackOutline:
    """A track with its lessons, in a list of lessons."""

    track: Track
    entries: tuple[OutlineEntry, ...]

    books = SIZES[-1]  # on the shelf that the entries' queries are declared for

    @property
    def names(self):
        """What its lessons are about: the first name that each teaches, once."""
        return list(dict.fromkeys(entry.lesson.teaches[0] for entry in self.entries if entry.lesson.teaches))

    @property
    def has_races(self):
        return any(entry.lesson.kind is Kind.RACES for entry in self.entries)


def outline_track(track):
    return TrackOutline(track=track, entries=tuple(_entry(lesson) for lesson in track.lessons))


def _entry(lesson):
    optimized = lesson.variant("optimized")
    return OutlineEntry(
        lesson=lesson,
        url=Addresses(lesson).question(),
        forms=forms_of(lesson),
        needs=f"Django {optimized.django}" if optimized.needs(here()) else None,
    )
