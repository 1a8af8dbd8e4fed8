"""What a lesson's folder declares. lessons.course.reading reads it, lessons.proof.proof proves that it is true."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from packaging.specifiers import SpecifierSet

from lab.engines import NAMES as ENGINES
from lessons.course.curve import Curve
from lessons.course.guess import Guess

DJANGO = ("5.2", "6.1")  # the series that the course is proved with: those of requirements.txt
SIZES = (10, 100, 1_000)  # counts are declared and proved at these numbers of books
SAVINGS = ("memory", "rows", "fields", "time", "correctness")
FIXED_FILES = ("README.md", "lesson.toml", "claims.py", "setup.py", "race.py", "take_home.py")


class Kind(StrEnum):
    """What the variants of a lesson are."""

    RUNS = "runs"  # a run() each, which gives rows
    RACES = "races"  # sessions each, which race on a schedule


class LessonError(Exception):
    """A lesson breaks its contract: which, how, and what to do."""

    def __init__(self, lesson: str, fault: str, remedy: str) -> None:
        super().__init__(f"{lesson}: {fault} {remedy}")
        self.lesson, self.fault, self.remedy = lesson, fault, remedy


@dataclass(frozen=True, kw_only=True)
class Environment:
    """What a declaration may depend on."""

    engine: str
    django: str  # version


@dataclass(frozen=True, kw_only=True)
class Condition:
    """Such as "mysql", "django<6" or "mysql, django<6": all parts must hold."""

    engines: frozenset[str] = frozenset()
    django: SpecifierSet = field(default_factory=SpecifierSet)

    def __str__(self) -> str:
        """As it is written in lesson.toml; "" for the one that always holds."""
        engines = [name for name in ENGINES if name in self.engines]
        versions = sorted(self.django, key=lambda specifier: specifier.version)
        return ", ".join([*engines, *(f"django{specifier}" for specifier in versions)])

    def holds(self, environment: Environment) -> bool:
        is_here = not self.engines or environment.engine in self.engines
        return is_here and self.django.contains(environment.django, prereleases=True)

    @property
    def specificity(self) -> int:
        return bool(self.engines) + bool(str(self.django))


@dataclass(frozen=True, kw_only=True)
class Depends:
    """A value that may differ by environment; the most specific condition that holds wins."""

    cases: tuple[tuple[Condition, Any], ...] = ()

    def value(self, environment: Environment) -> Any:
        """Return the value here, or None where nothing was declared."""
        case = self.case(environment)
        return case and case[1]

    def case(self, environment: Environment) -> tuple[Condition, Any] | None:
        """Return the condition that decides here with its value, or None."""
        holding = [case for case in self.cases if case[0].holds(environment)]
        return max(holding, key=lambda case: case[0].specificity) if holding else None


@dataclass(frozen=True, kw_only=True)
class Race:
    """A schedule of a variant's sessions, and what becomes of them."""

    title: str  # the story in a few words
    schedule: tuple[str, ...]  # names of sessions
    isolation: str | None  # one of the engine's levels; None for the one that Django gives
    outcome: dict[str, dict[str, str]]  # by engine: {session: how it ends, "invariant": "kept" or "broken"}


@dataclass(frozen=True, kw_only=True)
class Variant:
    name: str
    title: str
    path: Path
    counts: dict[int, Depends]  # declared queries by number of books
    raises: Depends  # the name of the error that is its outcome, where there is one
    django: SpecifierSet
    races: tuple[Race, ...]

    @property
    def called(self) -> str:
        """Its title within a sentence: “the update adds”, “F()”."""
        is_a_word = self.title[1:2].islower() or self.title[1:2].isspace()
        return self.title[0].lower() + self.title[1:] if is_a_word else self.title

    @property
    def source(self) -> str:
        return self.path.read_text()

    def needs(self, environment: Environment) -> str | None:
        """Return what it needs and does not find here, or None."""
        if self.django.contains(environment.django, prereleases=True):
            return None
        return f"needs Django {self.django}; this is Django {environment.django}"


@dataclass(frozen=True, kw_only=True)
class Claim:
    name: str  # of the function in claims.py
    truth: str
    expect: Depends | dict[str, Depends]  # or one for each condition that the claim returns
    id: str = ""  # of lessons.vocabulary.literature, where the claim is one that it lists

    def expected(self, environment: Environment) -> bool | dict[str, bool] | None:
        if isinstance(self.expect, dict):
            return {condition: depends.value(environment) for condition, depends in self.expect.items()}
        return self.expect.value(environment)


@dataclass(frozen=True, kw_only=True)
class ShownFile:
    path: Path
    language: str
    check: str  # dotted path of the test that uses it


@dataclass(frozen=True, kw_only=True)
class Lesson:
    track: str
    slug: str
    folder: Path
    title: str
    summary: str
    rule: str
    guess: Guess
    variants: tuple[Variant, ...]
    covers: tuple[str, ...] = ()  # ids of lessons.vocabulary.literature
    teaches: tuple[str, ...] = ()
    symptoms: tuple[str, ...] = ()  # of lessons.vocabulary.symptoms, the one it helps most with first
    was: tuple[str, ...] = ()  # "track/slug" of addresses that it had, or a lesson that is part of it now
    docs: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    access: str = "read"
    databases: tuple[str, ...] = ()  # aliases of further ones, each a copy of the shelf as setup() leaves it
    ordered: bool = False
    engines: tuple[str, ...] = ENGINES
    modules: tuple[str, ...] = ()  # of its own, which its other files import and its templates load
    sessions: tuple[str, ...] = ()  # functions of each variant that race; it has no run() then
    matrix: tuple[tuple[str, ...], ...] = ()  # anomalies to race at every level: who reads, and who writes, if any
    curve: Curve | None = None  # over what, if not the number of books
    differs: str | None = None  # why the rows differ from engine to engine, where they do
    task: str | None = None  # what its challenge asks for, where that is not made from what it saves
    no_browser: str | None = None  # why its code cannot run in a reader's browser
    no_challenge: str | None = None  # why its naive code is none, the browser among the reasons
    trace: bool = False  # whether its pages show who answered each access
    spans: bool = False  # whether a page draws each variant as a traced request
    saves: dict[str, Depends | str] = field(default_factory=dict)  # ratios, or why the rows differ
    saves_at: int | None = None  # books on the shelf that they are proved on, if not the largest of SIZES
    claims: tuple[Claim, ...] = ()
    files: tuple[ShownFile, ...] = ()

    @property
    def path(self) -> str:
        return f"{self.track}/{self.slug}"

    @property
    def module_paths(self) -> dict[str, Path]:
        return {name: self.folder / f"{name}.py" for name in self.modules}

    @property
    def default_engine(self) -> str:
        """Name of the engine that its pages show where their address names none, if it is at hand."""
        return self.engines[0]

    @property
    def kind(self) -> Kind:
        return Kind.RACES if self.sessions else Kind.RUNS

    def variant(self, name: str) -> Variant:
        """Return the variant of this name. Raises KeyError."""
        return {variant.name: variant for variant in self.variants}[name]


def slug_of(folder: Path) -> str:
    """The name without the number that orders it: 010_forward_foreign_key → forward_foreign_key."""
    return folder.name.partition("_")[2]
