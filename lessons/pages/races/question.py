"""The page of a lesson whose sessions race: the code unrun, an order of turns, and a guess."""

from dataclasses import dataclass

from lab.race import RaceReport
from lab.shelves import Shelf
from lessons.course.contract import Lesson, Race
from lessons.pages.runs.lab import running_files
from lessons.pages.switches import NotOffered, lesson_url, opening_engine
from lessons.runs.racing import promise_of, race_shelf, race_variant
from lessons.words.listing import list_file

_GUESSES = {"kept": "It is kept", "broken": "It is broken"}


@dataclass(frozen=True, kw_only=True)
class RaceQuestion:
    """The naive sessions unrun, and the guess, scored, if there is one."""

    lesson: Lesson
    shelf: Shelf
    race: Race  # the first story of the naive variant
    guess: str
    report: RaceReport | None  # once the reader has guessed

    @property
    def listings(self):
        files = running_files(self.lesson, self.lesson.variant("naive"))
        return [list_file(path, name=name) for name, path in files]

    @property
    def rules(self):
        return list_file(self.lesson.folder / "race.py", name="race.py")

    @property
    def promise(self):
        return promise_of(self.lesson, self.lesson.variant("naive"))

    @property
    def turns(self):
        """[(session, its lane from 1)]"""
        return [(name, self.lesson.sessions.index(name) + 1) for name in self.race.schedule]

    @property
    def guesses(self):
        """[(word, label)] of the two buttons."""
        return _GUESSES.items()

    @property
    def answer(self):
        """The word that is right, once the reader has guessed; None where the race did not end."""
        return self.report.outcome.get("invariant") if self.report else None

    @property
    def is_right(self):
        return self.guess == self.answer

    @property
    def next_url(self):
        return lesson_url(self.lesson, "naive", self.shelf)


def make_race_question(lesson, guess):
    """Score the guess, if it is one. Raises NotOffered for what is none."""
    if guess and guess not in _GUESSES:
        raise NotOffered(f"“{guess}” is no guess. Go back and say whether the invariant is kept or broken.")
    variant = lesson.variant("naive")
    race = variant.races[0]
    shelf = race_shelf(_engine_of(lesson, race))
    report = None
    if guess:
        report = race_variant(lesson, variant, shelf, race.schedule, isolation=race.isolation)
    return RaceQuestion(lesson=lesson, shelf=shelf, race=race, guess=guess, report=report)


def _engine_of(lesson, race):
    """The one that the lesson opens on, unless the story is declared for others alone."""
    here = opening_engine(lesson)
    return here if here in race.outcome or not race.outcome else next(iter(race.outcome))
