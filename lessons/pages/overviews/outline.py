"""Lists of lessons: the home page and a track's."""

from dataclasses import dataclass

from django.utils.text import get_text_list

from lab.race import End
from lab.shelves import Shelf
from lessons.course.contract import Lesson
from lessons.pages.switches import lesson_url
from lessons.runs.running import environment

OUTLINE_BOOKS = 1_000
_FINE = {End.COMMITTED, End.ROLLED_BACK, "kept"}


@dataclass(frozen=True, kw_only=True)
class OutlineEntry:
    """A lesson in a list of lessons, with what it declares of its two forms."""

    lesson: Lesson
    url: str
    forms: tuple  # queries of the naive and of the optimized form at OUTLINE_BOOKS; words, where they are races
    needs: str | None  # where the optimized variant cannot run here: "Django >=6.1"

    @property
    def saves_queries(self):
        naive, optimized = self.forms
        return self.lesson.has_races or optimized < naive

    @property
    def saves(self):
        return saved(self.lesson)


def race_ends(lesson):
    """What the races of the naive and of the optimized form declare, in a word each: ("broken", "kept").

    Where both keep the invariant, or both break it, it is how a session fails: ("deadlock", "kept").
    """
    forms = lesson.variant("naive"), lesson.variant("optimized")
    declared = [
        [end for race in form.races for ends in race.outcome.values() for end in ends.values()] for form in forms
    ]
    broken = ["broken" in ends for ends in declared]
    if broken[0] != broken[1]:
        return tuple("broken" if each else "kept" for each in broken)
    return tuple(next((end for end in ends if end not in _FINE), "kept") for ends in declared)


def _ends(variant):
    return [end for race in variant.races for ends in race.outcome.values() for end in ends.values()]


def saved(lesson):
    """Tell what it saves, where it is not queries: "saves rows and time", or "corrects the rows"."""
    if lesson.has_races:
        return ""
    kinds = get_text_list([kind for kind in lesson.saves if kind != "correctness"], "and")
    corrects = ["corrects the rows"] if "correctness" in lesson.saves else []
    return ", ".join([f"saves {kinds}"] * bool(kinds) + corrects)


def outline(catalog):
    """Return [{"track", "entries"}] for the lists of lessons."""
    return [outline_track(track) for track in catalog.tracks]


def outline_track(track):
    return {
        "track": track,
        "entries": [_entry(lesson) for lesson in track.lessons],
        "books": OUTLINE_BOOKS,
        "has_races": any(lesson.has_races for lesson in track.lessons),
    }


def _entry(lesson):
    here = environment(Shelf(books=OUTLINE_BOOKS))
    naive, optimized = lesson.variant("naive"), lesson.variant("optimized")
    return OutlineEntry(
        lesson=lesson,
        url=lesson_url(lesson),
        forms=race_ends(lesson)
        if lesson.has_races
        else tuple(form.counts[OUTLINE_BOOKS].value(here) for form in (naive, optimized)),
        needs=f"Django {optimized.django}" if optimized.needs(here) else None,
    )
