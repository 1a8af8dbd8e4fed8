"""Lists of lessons: the home page and a track's."""

from dataclasses import dataclass

from django.utils.text import get_text_list

from lab.shelves import Shelf
from lessons.contract import Lesson
from lessons.pages.switches import lesson_url
from lessons.running import environment

OUTLINE_BOOKS = 1_000


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A lesson in a list of lessons, with the counts it declares at OUTLINE_BOOKS."""

    lesson: Lesson
    url: str
    naive: int
    optimized: int
    needs: str | None  # where the optimized variant cannot run here: "Django >=6.1"

    @property
    def saves_queries(self):
        return self.optimized < self.naive

    @property
    def saves(self):
        return saved(self.lesson)


def saved(lesson):
    """Tell what it saves, where it is not queries: "saves rows and time", or "corrects the rows"."""
    kinds = get_text_list([kind for kind in lesson.saves if kind != "correctness"], "and")
    corrects = ["corrects the rows"] if "correctness" in lesson.saves else []
    return ", ".join([f"saves {kinds}"] * bool(kinds) + corrects)


def outline(catalog):
    """Return [{"track", "entries"}] for the lists of lessons."""
    return [outline_track(track) for track in catalog.tracks]


def outline_track(track):
    return {"track": track, "entries": [_entry(lesson) for lesson in track.lessons], "books": OUTLINE_BOOKS}


def _entry(lesson):
    here = environment(Shelf(books=OUTLINE_BOOKS))
    naive, optimized = lesson.variant("naive"), lesson.variant("optimized")
    return Entry(
        lesson=lesson,
        url=lesson_url(lesson),
        naive=naive.counts[OUTLINE_BOOKS].value(here),
        optimized=optimized.counts[OUTLINE_BOOKS].value(here),
        needs=f"Django {optimized.django}" if optimized.needs(here) else None,
    )
