"""Which addresses of the site are part of an export: of the endless ones a choice that can be told.

Each lesson with its question and the answers to it; its variants on each shelf and engine, and compared on each
engine; its races as they are told. On the engine that it opens on also its curve, staircase, claims, and its races
at each isolation level. Plans are those of the statements that its variants show as they open.
"""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl

from django.urls import Resolver404, resolve

from lab.race import isolation_levels
from lessons.course.catalog import get_catalog
from lessons.course.contract import Kind, Lesson
from lessons.course.guess import FIGURES
from lessons.export.parts import Part
from lessons.pages.addresses import DEFAULT_BOOKS
from lessons.pages.asked import opening_engine
from lessons.pages.errors.faults import WrongValue
from lessons.pages.measured.views import MOST_BOOKS
from lessons.pages.offered import refusal
from lessons.pages.races.address import race_address
from lessons.pages.runs.question import question_books
from lessons.runs.shelved import race_shelf
from lessons.words.gains import BANDS

Said = dict[str, str]
ANY_NUMBER = "0"  # the guess whose page stands for every number: static/js/guessed.js says which one it was
_LEFT_OUT = {"status", "healthz", "readyz", "robots", "set"}  # of what is about the whole course
_ANSWERED = {"search", "play"}  # by scripts of the page, which read its query
_CHOSEN = {"summary": {"track"}, "claims_index": {"verdict", "track"}}  # what of a query they depend on
_FILES = (".json", ".py")  # of a lesson
_LONG = {"curve", "claims", "staircase"}  # which run for seconds


@dataclass(frozen=True, kw_only=True, eq=False)
class Scope:
    """prefix: what all paths begin with, such as "/" or "/course/". shelves: sizes, by engine at hand"""

    prefix: str
    lessons: frozenset[str]  # their paths
    engines: frozenset[str]  # names of those that every page is written for
    books: frozenset[int]
    shelves: dict[str, frozenset[int]]

    def part(self, address: str) -> Part | None:
        """Return the Part that a site's address is, or None: it is none of the site's, or not of this export.

        Two addresses of one page are one Part.
        """
        path, _, query = address.partition("?")
        if not path.startswith(self.prefix):
            return None
        try:
            match = resolve("/" + path.removeprefix(self.prefix))
        except Resolver404:
            return None
        name, where, said = match.url_name or "", match.kwargs, dict(parse_qsl(query))
        if not name:  # it leads to another page
            return None
        if query and name in _ANSWERED:
            return Part(self.prefix, path, asked=f"?{query}")
        if "slug" not in where:
            is_page = name not in _LEFT_OUT and said.keys() <= _CHOSEN.get(name, set())
            return self._part(path, said) if is_page else None
        lesson = get_catalog().lesson(f"{where['track']}/{where['slug']}") if self._has(where) else None
        if lesson is None or refusal(lesson, name) or where.get("name", "naive") not in _variants(lesson):
            return None
        if path.endswith(_FILES):
            return None if said else self._part(path, said, lesson)
        kept = _kept(self, lesson, name, where, said)
        return None if kept is None else self._part(path, kept, lesson)

    def _has(self, where: dict[str, str]) -> bool:
        return f"{where.get('track')}/{where.get('slug')}" in self.lessons

    def _part(self, path: str, said: Said, lesson: Lesson | None = None) -> Part:
        return Part(self.prefix, path, tuple(sorted(said.items())), lesson.path if lesson else "")


def _kept(scope: Scope, lesson: Lesson, name: str, where: dict[str, str], said: Said) -> Said | None:
    """What of the query tells the page from others of its path; None where the page is not part of the export."""
    opens_on = opening_engine(lesson)
    if name == "lesson":
        return _answered(lesson, said, scope.shelves.get(opens_on, frozenset()))
    engine = said.pop("engine", opens_on)
    if engine not in scope.engines | {opens_on} or DEFAULT_BOOKS not in scope.shelves.get(engine, ()):
        return None
    kept = (_race if lesson.kind is Kind.RACES else _run)(scope, lesson, name, where, said, engine)
    return kept if kept is None or engine == opens_on else {**kept, "engine": engine}


def _variants(lesson: Lesson) -> set[str]:
    return {variant.name for variant in lesson.variants}


def _answered(lesson: Lesson, said: Said, sizes: frozenset[int]) -> Said | None:
    """The question, and what its page says to each guess; any number has one page."""
    if not said:
        return said
    if lesson.kind is Kind.RACES:
        guesses, runs_on = {"kept", "broken"}, race_shelf(lesson.default_engine).books
    else:
        guesses, runs_on = ({ANY_NUMBER} if lesson.guess.asks in FIGURES else {*BANDS}), question_books(lesson)
    return said if said.keys() == {"guess"} and said["guess"] in guesses and runs_on in sizes else None


def _without(said: Said, **usual: str) -> Said:
    """What is said but for what would be so anyway."""
    return {name: value for name, value in said.items() if usual.get(name) != value}


def _run(scope: Scope, lesson: Lesson, name: str, where: dict[str, str], said: Said, engine: str) -> Said | None:
    at_home = engine == opening_engine(lesson)
    if not at_home and name in _LONG:
        return None
    said = _without(said, left="naive", right="optimized", beside="optimized", variant="naive", latency="0")
    if name == "curve":
        return {} if _opens_curve(scope, lesson, said, engine) else None
    said = _without(said, books=str(DEFAULT_BOOKS))
    if name == "claims":
        return None if said.keys() - {"books"} else {}
    if said.keys() == {"books"}:
        return said if _on_shelves(scope, lesson, name, said["books"], at_home=at_home) else None
    if said.keys() - _AS_THEY_OPEN.get(name, set()) or len(said) > 1:
        return None
    return said if at_home or (name in ("variant", "compare") and not said) else None


# What they say beside the engine, each alone, on the shelf that they open on.
_AS_THEY_OPEN = {"compare": {"right"}, "engines": {"variant"}, "staircase": {"by"}}


def _on_shelves(scope: Scope, lesson: Lesson, name: str, books: str, *, at_home: bool) -> bool:
    """Whether a page is there for another shelf than the usual one, of so many books."""
    there = {int(books)} & scope.books if books.isdecimal() else set()
    if name == "gain":
        there &= {question_books(lesson)}
    return bool(there) and (name == "variant" or (at_home and name in ("compare", "gain", "spans")))


def _opens_curve(scope: Scope, lesson: Lesson, said: Said, engine: str) -> bool:
    """Whether it is the curve that a lesson opens on. One over books has all shelves, whichever one is named."""
    if not lesson.curve:
        return not said.keys() - {"books"}
    largest = max(size for size in scope.shelves[engine] if size <= MOST_BOOKS)
    return not _without(said, books=str(largest))


def _race(scope: Scope, lesson: Lesson, name: str, where: dict[str, str], said: Said, engine: str) -> Said | None:
    said = _without(said, left="naive", right="optimized")
    if name in ("claims", "matrix"):
        return None if said.keys() - {"books"} or engine != opening_engine(lesson) else {}
    try:
        return _RACES[name](lesson, where, said, engine)
    except WrongValue:  # a level of another engine, a session of another lesson
        return None


def _told(lesson: Lesson, where: dict[str, str], said: Said, engine: str) -> Said | None:
    """A race as the lesson tells it, and the one that it opens on at any level."""
    if said.keys() - {"schedule", "isolation"}:
        return None
    variant, levels = lesson.variant(where["name"]), isolation_levels(engine)
    opens, asked = race_address(lesson, engine), race_address(lesson, engine, **said)
    first, told = [(each.schedule_of(variant), each.isolation_of(variant)) for each in (opens, asked)]
    if told == first:
        return {}
    stories = {(race.schedule, race.isolation or levels[0]) for race in variant.races}
    if told not in stories and (told[0] != first[0] or engine != opening_engine(lesson)):
        return None
    return {"schedule": " ".join(told[0]), **({} if told[1] == levels[0] else {"isolation": told[1]})}


def _at_a_level(lesson: Lesson, where: dict[str, str], said: Said, engine: str) -> Said | None:
    """The naive and the optimized race at each level; the naive one and another as they open."""
    if (said and engine != opening_engine(lesson)) or len(said) > 1 or said.keys() - {"isolation", "right"}:
        return None
    race_address(lesson, engine, isolation=said.get("isolation"))
    return said


def _every_order(lesson: Lesson, where: dict[str, str], said: Said, engine: str) -> Said | None:
    """Of the two variants that each lesson has: the orders of one take seconds."""
    is_shown = where["name"] in ("naive", "optimized") and engine == opening_engine(lesson)
    return said if is_shown and not said else None


_RACES: dict[str, Callable[[Lesson, dict[str, str], Said, str], Said | None]] = {
    "variant": _told,
    "compare": _at_a_level,
    "orders": _every_order,
}
