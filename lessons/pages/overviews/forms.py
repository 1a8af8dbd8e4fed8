"""What a lesson declares of its naive and its optimized form, for the lists of lessons."""

from dataclasses import dataclass

from django.utils.text import get_text_list

from lab.race import End
from lab.shelves import Shelf
from lessons.course.contract import SIZES, Kind
from lessons.runs.shelved import environment_of

_FINE = {End.COMMITTED, End.ROLLED_BACK, "kept"}


@dataclass(frozen=True, kw_only=True)
class Forms:
    compared: tuple[tuple[str, object, object], ...]  # ("1,000 books", naive, optimized), the largest shelf last
    unit: str  # "queries"; "" where words are compared
    improves: bool  # whether the optimized one is the better of what is compared
    saves: str  # what it saves beside it: "saves rows and time", "corrects the rows"

    @property
    def naive(self):
        return self.compared[-1][1]

    @property
    def optimized(self):
        return self.compared[-1][2]


def forms_of(lesson):
    return _FORMS[lesson.kind](lesson, lesson.variant("naive"), lesson.variant("optimized"))


def here():
    """The Environment of lists: the engine that is always at hand."""
    return environment_of(Shelf(books=SIZES[-1]))


def _count_queries(lesson, *forms):
    counts = [(books, *(form.counts[books].value(here()) for form in forms)) for books in SIZES]
    naive, optimized = counts[-1][1:]
    return Forms(
        compared=tuple((f"{books:,} books", *pair) for books, *pair in counts),
        unit="queries",
        improves=optimized < naive,
        saves=_saved(lesson),
    )


def _end_races(lesson, *forms):
    return Forms(compared=(("race", *race_ends(*forms)),), unit="", improves=True, saves="")


_FORMS = {Kind.RUNS: _count_queries, Kind.RACES: _end_races}


def race_ends(*forms):
    """What the races of two variants declare, in a word each: ("broken", "kept").

    Where both keep the invariant, or both break it, it is how a session fails: ("deadlock", "kept").
    """
    declared = [
        [end for race in form.races for ends in race.outcome.values() for end in ends.values()] for form in forms
    ]
    broken = ["broken" in ends for ends in declared]
    if broken[0] != broken[1]:
        return tuple("broken" if each else "kept" for each in broken)
    return tuple(next((end for end in ends if end not in _FINE), "kept") for ends in declared)


def _saved(lesson):
    kinds = get_text_list([kind for kind in lesson.saves if kind != "correctness"], "and")
    corrects = ["corrects the rows"] if "correctness" in lesson.saves else []
    there = f" at {lesson.saves_at:,} books" if lesson.saves_at else ""
    return ", ".join([f"saves {kinds}{there}"] * bool(kinds) + corrects)
