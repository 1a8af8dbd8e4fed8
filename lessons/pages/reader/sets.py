"""A set of lessons, in the order that a teacher's link names them, on the engine and the shelf that it names."""

from dataclasses import dataclass
from difflib import get_close_matches
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.text import get_text_list

from lab.engines import NAMES, Engine, get_engine
from lab.exceptions import EngineUnavailable
from lessons.course.catalog import Catalog
from lessons.course.contract import Kind, Lesson
from lessons.pages.errors.faults import printable, shown, whole_number

LONGEST_TITLE = 80
_NEAREST = 3
_SOUGHT = 10  # of what there is not: to find the nearest takes its time


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What a link names and there is not."""

    message: str
    nearest: tuple[Lesson, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SetEntry:
    lesson: Lesson
    url: str  # carries the engine and the shelf, as far as the lesson has them
    note: str  # where it runs instead


@dataclass(frozen=True, kw_only=True)
class LessonSet:
    lessons: tuple[Lesson, ...]
    engine: Engine | None  # None: each lesson opens on its own
    books: int | None
    named: str  # the title that it was given, or ""
    faults: tuple[Fault, ...] = ()

    @property
    def title(self) -> str:
        return self.named or ("A lesson" if len(self.lessons) == 1 else f"A set of {len(self.lessons)} lessons")

    @property
    def paths(self) -> list[str]:
        return [lesson.path for lesson in self.lessons]

    @property
    def url(self) -> str:
        """The link, in its shortest form."""
        said = {"set": ",".join(self.paths), **self._shelf, "title": self.named}
        return f"{reverse('set')}?{urlencode({name: value for name, value in said.items() if value}, safe='/,')}"

    @property
    def _shelf(self) -> dict[str, object]:
        return {"engine": self.engine and self.engine.name, "books": self.books}

    @property
    def entries(self) -> list[SetEntry]:
        return [self._entry(lesson) for lesson in self.lessons]

    def _entry(self, lesson):
        suits = self.engine is None or self.engine.name in lesson.engines
        said = {name: value for name, value in self._shelf.items() if value} if suits else {}
        if lesson.kind is Kind.RACES:
            said.pop("books", None)  # races have one size
        where = get_text_list([get_engine(name).label for name in lesson.engines], "and")
        return SetEntry(
            lesson=lesson,
            url=reverse("lesson", args=(lesson.track, lesson.slug), query=said or None),
            note="" if suits else f"Runs on {where} alone",
        )

    @property
    def kept(self) -> dict[str, object]:
        """What the browser keeps of it while the reader walks."""
        lessons = [
            {"path": entry.lesson.path, "title": entry.lesson.title, "url": entry.url} for entry in self.entries
        ]
        return {"title": self.title, "url": self.url, "lessons": lessons}


def read_set(catalog: Catalog, query: QueryDict) -> LessonSet:
    """Return the set that a link's query asks for, with a Fault for whatever in it there is not."""
    faults: list[Fault] = []
    named = [path.strip() for text in query.getlist("set") for path in text.split(",") if path.strip()]
    found = [_lesson(catalog, path, faults) for path in dict.fromkeys(named)]
    engine = _engine(query.get("engine", ""), faults)
    return LessonSet(
        lessons=tuple({lesson.path: lesson for lesson in found if lesson}.values()),
        engine=engine,
        books=_books(query.get("books", ""), engine or get_engine(), faults),
        named=printable(" ".join(query.get("title", "").split())[:LONGEST_TITLE]),
        faults=tuple(faults),
    )


def sizes_of(engine: Engine) -> list[int]:
    """The sizes of its shelves; of one that is off, those that the engine always at hand has."""
    try:
        return engine.sizes()
    except EngineUnavailable:
        return get_engine().sizes()


def _lesson(catalog, path, faults):
    lessons = {lesson.path: lesson for lesson in catalog.lessons}
    if found := lessons.get(path) or catalog.moved(path):
        return found
    nearest = _nearest(lessons, path) if len(faults) < _SOUGHT else ()
    faults.append(Fault(message=f"There is no lesson “{shown(path)}” in this course.", nearest=nearest))
    return None


def _nearest(lessons, path):
    """By the slug too: the track is what a link that was typed has wrong, or leaves out."""
    slugs = {lesson.slug: lesson for lesson in lessons.values()}
    by_slug = get_close_matches(path.rpartition("/")[2], slugs, n=_NEAREST)
    by_path = get_close_matches(path, lessons, n=_NEAREST)
    paths = dict.fromkeys([*(slugs[slug].path for slug in by_slug), *by_path])
    return tuple(lessons[each] for each in list(paths)[:_NEAREST])


def _engine(name, faults):
    if name and name not in NAMES:
        faults.append(Fault(message=f"There is no engine “{shown(name)}”. There are: {', '.join(NAMES)}."))
        return None
    return get_engine(name) if name else None


def _books(text, engine, faults):
    if not text:
        return None
    sizes = sizes_of(engine)
    if (books := whole_number(text)) in sizes:
        return books
    there = ", ".join(f"{size:,}" for size in sizes) or "none yet"
    message = f"There is no shelf of “{shown(text)}” books on {engine.label}. There are: {there}."
    faults.append(Fault(message=message))
    return None
