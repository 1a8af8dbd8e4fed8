"""The course: every track and lesson found in a folder of content. It exists, so it is listed."""

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import count
from pathlib import Path

from lessons.course.contract import Lesson, LessonError, slug_of
from lessons.course.reading import read_lesson
from lessons.course.stamp import Stamp, stamp_of
from lessons.course.toml_table import TomlTable, load_toml

CONTENT = Path(__file__).parents[1] / "content"
_FOLDER = re.compile(r"\d{3}_[a-z][a-z0-9_]*")


@dataclass(frozen=True, kw_only=True)
class Track:
    slug: str
    title: str
    summary: str
    lessons: tuple[Lesson, ...]


@dataclass(frozen=True, kw_only=True, eq=False)  # one is equal to itself alone, so that caches can go by it
class Catalog:
    """What can be shown, and the faults of what cannot: one broken folder closes no other."""

    tracks: tuple[Track, ...]
    faults: tuple[LessonError, ...]
    stamp: Stamp  # of the files when they were read
    number: int = field(default_factory=count().__next__, init=False)  # of those of the process

    @cached_property
    def lessons(self) -> tuple[Lesson, ...]:
        return tuple(lesson for track in self.tracks for lesson in track.lessons)

    def track(self, slug: str) -> Track:
        """Return the track of this slug. Raises KeyError."""
        return self._tracks_by_slug[slug]

    def lesson(self, path: str) -> Lesson:
        """Return the lesson at "track/slug". Raises KeyError."""
        return self._lessons_by_path[path]

    def fault(self, path: str) -> LessonError | None:
        """Return why there is no lesson at "track/slug", or no such track; None where nothing is broken."""
        slug, whole = path.partition("/")[0], {track.slug for track in self.tracks}
        return next((each for each in self.faults if each.lesson in {path, slug} - whole), None)

    def moved(self, path: str) -> Lesson | None:
        """Return the lesson that says it was at "track/slug", or is now what a lesson there taught."""
        return self._lessons_by_former_path.get(path)

    @cached_property
    def _tracks_by_slug(self) -> dict[str, Track]:
        return {track.slug: track for track in self.tracks}

    @cached_property
    def _lessons_by_path(self) -> dict[str, Lesson]:
        return {lesson.path: lesson for lesson in self.lessons}

    @cached_property
    def _lessons_by_former_path(self) -> dict[str, Lesson]:
        return {path: lesson for lesson in reversed(self.lessons) for path in lesson.was}

    def neighbours(self, lesson: Lesson) -> tuple[Lesson | None, Lesson | None]:
        """Return (previous, next), None at the ends of the course."""
        lessons: list[Lesson | None] = [None, *self.lessons, None]
        at = lessons.index(lesson)
        return lessons[at - 1], lessons[at + 1]

    def related(self, lesson: Lesson, most: int = 4) -> list[Lesson]:
        """Return the lessons that have most in common with this one: rare names count more than common ones."""
        teachers = Counter(name for each in self.lessons for name in each.teaches)
        weights = {name: 1 / teachers[name] for name in lesson.teaches}
        shared = {
            each.path: sum(weights.get(name, 0) for name in each.teaches)
            for each in self.lessons
            if each != lesson
        }
        nearest = sorted((path for path, weight in shared.items() if weight), key=lambda path: -shared[path])
        neighbours = {each.path for each in self.neighbours(lesson) if each}
        return [self.lesson(path) for path in nearest if path not in neighbours][:most]


@lru_cache
def get_catalog() -> Catalog:
    return read_catalog(CONTENT)


def read_catalog(content: Path, *, recorded: bool = True) -> Catalog:
    """Read every track in `content`. recorded: as read_lesson() takes it"""
    stamp = stamp_of(content)
    faults: list[LessonError] = []
    tracks = (_read_track(folder, faults, recorded=recorded) for folder in _folders(content, "course", faults))
    return Catalog(tracks=tuple(filter(None, tracks)), faults=tuple(faults), stamp=stamp)


def _read_track(folder: Path, faults: list[LessonError], *, recorded: bool) -> Track | None:
    name = slug_of(folder)
    try:
        remedy = "Add one with its title and summary."
        top = TomlTable(name, load_toml(name, folder / "track.toml", missing=remedy), "track.toml")
        title, summary = top.text("title"), top.text("summary")
        top.finish()
    except LessonError as error:
        faults.append(error)
        return None
    lessons = []
    for lesson in _folders(folder, name, faults):
        try:
            lessons.append(read_lesson(lesson, recorded=recorded))
        except LessonError as error:
            faults.append(error)
        except (OSError, ValueError, SyntaxError) as error:  # a file that cannot be read, or is no text
            faults.append(LessonError(f"{name}/{slug_of(lesson)}", _unreadable(error), "Mend or remove it."))
    return Track(slug=name, title=title, summary=summary, lessons=tuple(lessons))


def _folders(parent: Path, name: str, faults: list[LessonError]) -> list[Path]:
    """Return the numbered folders in `parent`, in order. Two of one slug would share an address."""
    try:
        folders = sorted(path for path in parent.iterdir() if path.is_dir() and path.name[0] not in "._")
    except OSError as error:
        faults.append(LessonError(name, _unreadable(error), "Put the folder back."))
        return []
    seen: dict[str, Path] = {}
    for folder in folders:
        if not _FOLDER.fullmatch(folder.name):
            faults.append(LessonError(name, f"has a folder named {folder.name}.", "Name it like 010_a_slug."))
        elif (first := seen.setdefault(slug_of(folder), folder)) != folder:
            fault = f"has two folders for {slug_of(folder)}: {first.name} and {folder.name}."
            faults.append(LessonError(name, fault, "Rename one of them; the first is shown."))
    return list(seen.values())


def _unreadable(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"has {Path(error.filename or '').name or 'a file'}, which cannot be read: {error.strerror}."
    return f"has a file that cannot be read: {error}."
