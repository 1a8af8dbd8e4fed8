"""The page of a lesson whose sessions race: the code unrun, an order of turns, and a guess."""

from dataclasses import dataclass

from lab.race import WAIT, RaceReport
from lab.shelves import Shelf
from lessons.course.contract import Race
from lessons.pages.asked import opening_engine
from lessons.pages.base import LessonPage
from lessons.pages.errors.faults import WrongValue, shown
from lessons.pages.operator.ran import Run
from lessons.runs.code import promise_of, running_files
from lessons.runs.shelved import ShelvedLesson, race_shelf
from lessons.words.listing import list_file

_PASSES = "time passes"
_GUESSES = {"kept": "It is kept", "broken": "It is broken"}


@dataclass(frozen=True, kw_only=True)
class RaceQuestion(LessonPage):
    """The naive sessions unrun, and the guess, scored, if there is one."""

    race: Race  # the first story of the naive variant
    guess: str
    report: RaceReport | None  # once the reader has guessed
    then: Shelf  # that its links lead to: the story may be told of another engine

    has_prose = False
    shelf_choices = engine_choices = ()  # the question is asked of one race

    has_code = True

    @property
    def ran(self):
        return (Run(what="naive", shelf=self.shelf, report=self.report),) if self.report else ()

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
        """[(session, its lane from 1)]; where time passes, lane 0"""
        lanes = {name: lane for lane, name in enumerate(self.lesson.sessions, start=1)}
        return [(_PASSES if name == WAIT else name, lanes.get(name, 0)) for name in self.race.schedule]

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

    def to_variant(self, variant):
        return self.addresses.variant(variant, self.then)

    def to_page(self, name):
        return self.addresses.page(name, self.then)

    @property
    def next_url(self):
        return self.to_variant(self.lesson.variant("naive"))


def guess_from(request):
    """Return the guess in the address, "" where there is none. Raises WrongValue for what is no guess."""
    guess = request.GET.get("guess", "")
    if guess and guess not in _GUESSES:
        raise WrongValue(
            f"“{shown(guess)}” is no guess. Go back and say whether the invariant is kept or broken.", guess=None
        )
    return guess


def make_race_question(lesson, guess, *, engine_name=None):
    """Score the guess, if there is one.

    engine_name: of the engine that was chosen to run it on, if one was
    """
    variant = lesson.variant("naive")
    race = variant.races[0]
    shelf = race_shelf(_engine_of(race, engine_name or opening_engine(lesson)))
    shelved = ShelvedLesson(lesson=lesson, shelf=shelf)
    report = None
    if guess:
        report = shelved.race(variant, race.schedule, isolation=race.isolation)
    then = race_shelf(engine_name) if engine_name else shelf
    return RaceQuestion(shelved=shelved, race=race, guess=guess, report=report, then=then)


def _engine_of(race, here):
    """The one that is asked for, unless the story is declared for others alone."""
    return here if here in race.outcome or not race.outcome else next(iter(race.outcome))
