"""The lesson's own page: the code unrun, and a guess."""

from dataclasses import dataclass

from lab.shelves import Shelf
from lessons.course.contract import SIZES
from lessons.course.guess import FIGURES
from lessons.measured.gains import RECORDED, latest_gain
from lessons.pages.base import LessonPage
from lessons.pages.errors.faults import WrongValue, shown, whole_number
from lessons.pages.gain_bars import make_gain_bars
from lessons.pages.runs.score import Score
from lessons.runs.code import running_files
from lessons.runs.shelved import ShelvedLesson
from lessons.words.gains import BANDS, KINDS
from lessons.words.listing import list_file
from library import seeding

PREDICT_BOOKS = 100


@dataclass(frozen=True, kw_only=True)
class Question(LessonPage):
    """The code unrun, and the guess, scored, if there is one."""

    score: Score | None  # once the reader has guessed
    then: Shelf  # that its links lead to: the question itself is asked of one shelf

    has_prose = False
    shelf_choices = engine_choices = ()  # the question is asked of one shelf

    has_code = True

    @property
    def measured_at(self):
        return self.score.gain.measured_at if self.score else None

    @property
    def sizes(self):
        """[(plural name, rows)] of the tables on the shelf."""
        return [(model._meta.verbose_name_plural, rows) for model, rows in seeding.sizes(self.shelf.books).items()]

    @property
    def listings(self):
        files = running_files(self.lesson, self.lesson.variant("naive"))
        return [list_file(path, name=name) for name, path in files]

    @property
    def others(self):
        """[(variant, listing)] of what is folded below the naive one."""
        others = [variant for variant in self.lesson.variants if variant.name != "naive"]
        return [(variant, list_file(variant.path, name=variant.path.name)) for variant in others]

    @property
    def asks(self):
        return self.lesson.guess.asks

    @property
    def question(self):
        return self.lesson.guess.question or KINDS[self.asks].question

    @property
    def wants_number(self):
        """Whether the guess is a number, and not one of `bands`."""
        return self.asks in FIGURES

    @property
    def bands(self):
        return [(name, label) for name, (label, _) in BANDS.items()]

    @property
    def gain_bars(self):
        """The picture of an answer that is about both variants."""
        return make_gain_bars(self.score.gain) if self.score and not self.wants_number else ()

    def to_variant(self, variant):
        return self.addresses.variant(variant, self.then)

    def to_page(self, name):
        return self.addresses.page(name, self.then)

    @property
    def next_url(self):
        return self.to_variant(self.lesson.variant("naive"))


def guess_from(request, lesson):
    """Return the guess in the address, "" where there is none. Raises WrongValue for what is no guess."""
    guess = request.GET.get("guess", "").strip().replace(",", "")
    if not guess:
        return ""
    if lesson.guess.asks in FIGURES and whole_number(guess) is None:
        why = "is too large a number" if guess.isdecimal() else "is not a whole number"
        raise WrongValue(f"“{shown(guess)}” {why}. Go back and guess with digits: 0, 1, 42 ….", guess=None)
    if lesson.guess.asks not in FIGURES and guess not in BANDS:
        choices = ", ".join(BANDS)
        raise WrongValue(f"“{shown(guess)}” is no guess. Go back and choose one of: {choices}.", guess=None)
    return guess


def make_question(lesson, guess, *, engine_name, then=None):
    """Score the guess, if there is one. Raises LabError.

    then: the shelf to run it on afterwards, if not the question's own
    """
    shelf = Shelf(books=question_books(lesson), engine_name=engine_name)
    shelved = ShelvedLesson(lesson=lesson, shelf=shelf)
    variants = lesson.variants[:1] if lesson.guess.asks in RECORDED else lesson.variants[:2]
    score = Score(guess=guess, gain=latest_gain(shelved, variants)) if guess else None
    return Question(shelved=shelved, score=score, then=then or shelf)


def question_books(lesson):
    """A number can be worked out in the head on a small shelf; how much less shows on a large one."""
    return PREDICT_BOOKS if lesson.guess.asks in FIGURES else lesson.saves_at or SIZES[-1]
