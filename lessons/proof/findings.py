"""What was found of a lesson: plain data that sentences, tables and recorded declarations are made of."""

from collections.abc import Collection
from dataclasses import dataclass, field
from enum import IntEnum, auto

from lab.engines import Engine
from lab.recording.report import Report, Status
from lab.shelves import Shelf
from lessons.course.contract import Lesson
from lessons.proof.redeclaring import Redeclaration
from lessons.runs.shelved import ShelvedLesson


class About(IntEnum):
    """What a fault is about. What comes first has to be mended first: it may be why the others are there."""

    CODE = auto()  # a file that cannot be loaded, a run that fails
    ROWS = auto()
    SAVING = auto()
    CLAIM = auto()  # one that fails, or says one thing here and another there
    COUNT = auto()
    OUTCOME = auto()
    VERDICT = auto()


RECORDED = {About.COUNT, About.OUTCOME, About.VERDICT}  # those that `check_lessons --record` mends


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A promise that is broken on a shelf, on an engine whatever the shelf, or wherever it is."""

    lesson: str  # its path
    about: About
    what: str  # breaks its promise
    does: str  # the rest of the sentence
    remedy: str | Redeclaration
    books: int | None = None
    engine: Engine | None = None
    example: str = ""  # a sentence that shows it where it was found

    def __str__(self) -> str:
        books = f"at {self.books:,} books" if self.books else ""
        names = [self.engine.name] if self.engine else []
        return self.sentence(books, f"on {self.engine.label}" if self.engine else "", engines=names)

    def sentence(self, *where: str, engines: Collection[str]) -> str:
        """The fault in a sentence, and its remedy.

        where: such as “at 10 books”, “on every engine”. engines: the names of those that it is on
        """
        remedy = self.remedy if isinstance(self.remedy, str) else self.remedy.on(engines)
        words = " ".join(part for part in (self.what, *where, self.does, self.example, remedy) if part)
        return f"{self.lesson}: {words}"


@dataclass
class Proof:
    """What became of one lesson on one engine."""

    lesson: Lesson
    engine: Engine
    reports: dict[tuple[str, int], Report] = field(default_factory=dict)  # by variant and books
    outcomes: dict[tuple[str, int], dict[str, str]] = field(
        default_factory=dict
    )  # by variant and number of the race
    verdicts: dict[str, bool | dict[str, bool]] = field(default_factory=dict)  # by claim
    faults: list[Fault] = field(default_factory=list)
    unproved: list[str] = field(default_factory=list)  # what is declared and cannot be proved yet
    unavailable: dict[str, str] = field(default_factory=dict)  # why, by variant

    def on(self, shelf: Shelf) -> ShelvedLesson:
        """The lesson, on one of the shelves that it is proved on."""
        return ShelvedLesson(lesson=self.lesson, shelf=shelf)

    def ended(self, key: tuple[str, int]) -> bool:
        return key in self.reports and self.reports[key].status == Status.OK

    def fault(
        self,
        about: About,
        what: str,
        does: str,
        remedy: str | Redeclaration,
        *,
        books: int | None = None,
        here: bool = True,
        example: str = "",
    ) -> None:
        """Note a fault. here: whether it is one of this engine, and not of the lesson wherever it runs"""
        self.faults.append(
            Fault(
                lesson=self.lesson.path,
                about=about,
                what=what,
                does=does,
                remedy=remedy,
                books=books,
                engine=self.engine if here else None,
                example=example,
            )
        )
