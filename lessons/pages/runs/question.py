"""The lesson's own page: the code unrun, and a guess."""

from dataclasses import dataclass

from lab.recording.report import Report
from lab.shelves import Shelf
from lessons.pages.asked import NotOffered, opening_engine
from lessons.pages.base import LessonPage
from lessons.runs.code import running_files
from lessons.runs.shelved import ShelvedLesson
from lessons.words.listing import list_file
from library import seeding

PREDICT_BOOKS = 100


@dataclass(frozen=True, kw_only=True)
class Question(LessonPage):
    """The naive code unrun, and the guess, scored, if there is one."""

    guess: str
    report: Report | None  # of the naive variant, once the reader has guessed

    has_prose = False

    @property
    def sizes(self):
        """[(plural name, rows)] of the tables on the shelf."""
        return [(model._meta.verbose_name_plural, rows) for model, rows in seeding.sizes(self.shelf.books).items()]

    @property
    def listings(self):
        return [
            list_file(path, name=name) for name, path in running_files(self.lesson, self.lesson.variant("naive"))
        ]

    @property
    def asks(self):
        """What the reader guesses: "queries", or "rows" where it is those that the lesson saves."""
        return "rows" if "rows" in self.lesson.saves else "queries"

    @property
    def answer(self):
        """The figure asked for, once the reader has guessed."""
        if self.report is None:
            return None
        return self.report.rows_fetched if self.asks == "rows" else self.report.queries

    @property
    def is_right(self):
        return self.report is not None and int(self.guess) == self.answer

    @property
    def next_url(self):
        return self.addresses.variant(self.lesson.variant("naive"), self.shelf)


def make_question(lesson, guess):
    """Score the guess, if it is one. Raises NotOffered for what is not a number."""
    shelf = Shelf(books=PREDICT_BOOKS, engine_name=opening_engine(lesson))
    shelved = ShelvedLesson(lesson=lesson, shelf=shelf)
    guess = guess.strip().replace(",", "")
    if guess and not guess.isdecimal():
        raise NotOffered(f"“{guess}” is not a whole number. Go back and guess with digits: 0, 1, 42 ….")
    report = shelved.record(lesson.variant("naive")) if guess else None
    return Question(shelved=shelved, guess=guess, report=report)
