"""The page of a lesson whose sessions race: the code unrun, an order of turns, and a guess."""

from dataclasses import dataclass

from lab.race import RaceReport
from lessons.course.contract import Race
from lessons.pages.asked import NotOffered, opening_engine
from lessons.pages.base import LessonPage
from lessons.runs.code import promise_of, running_files
from lessons.runs.shelved import ShelvedLesson, race_shelf
from lessons.words.listing import list_file

_GUESSES = {"kept": "It is kept", "broken": "It is broken"}


@dataclass(frozen=True, kw_only=True)
class RaceQuestion(LessonPage):
    """The naive sessions unrun, and the guess, scored, if there is one."""

    race: Race  # the first story of the naive variant
    guess: str
    report: RaceReport | None  # once the reader has guessed

    has_prose = False
    shelf_choices = engine_choices = ()  # the question is asked of one race

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
        return self.addresses.variant(self.lesson.variant("naive"), self.shelf)


def make_race_question(lesson, guess):
    """Score the guess, if it is one. Raises NotOffered for what is none."""
    if guess and guess not in _GUESSES:
        raise NotOffered(f"“{guess}” is no guess. Go back and say whether the invariant is kept or broken.")
    variant = lesson.variant("naive")
    race = variant.races[0]
    shelved = ShelvedLesson(lesson=lesson, shelf=race_shelf(_engine_of(lesson, race)))
    report = None
    if guess:
        report = shelved.race(variant, race.schedule, isolation=race.isolation)
    return RaceQuestion(shelved=shelved, race=race, guess=guess, report=report)


def _engine_of(lesson, race):
    """The one that the lesson opens on, unless the story is declared for others alone."""
    here = opening_engine(lesson)
    return here if here in race.outcome or not race.outcome else next(iter(race.outcome))
