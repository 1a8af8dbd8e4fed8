"""The course: every track and lesson found in a folder of content. It exists, so it is listed."""

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from lessons.course.contract import Lesson, LessonError, slug_of
from lessons.course.reading import read_lesson

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
    """What can be shown, and the faults of what cannot: one broken folder does not close the course."""

    tracks: tuple[Track, ...]
    faults: tuple[LessonError, ...]

    @property
    def lessons(self) -> list[Lesson]:
        return [lesson for track in self.tracks for lesson in track.lessons]

    def track(self, slug: str) -> Track:
        """Return the track of this slug. Raises KeyError."""
        return {track.slug: track for track in self.tracks}[slug]

    def lesson(self, path: str) -> Lesson:
        """Return the lesson at "track/slug". Raises KeyError."""
        return {lesson.path: lesson for lesson in self.lessons}[path]

    def moved(self, path: str) -> Lesson | None:
        """Return the lesson that says it was at "track/slug", or is now what a lesson there taught."""
        return next((lesson for lesson in self.lessons if path in lesson.was), None)

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
    """Read every track in `content`. Raises LessonError where the folders themselves are amiss.

    recorded: as read_lesson() takes it
    """
    faults: list[LessonError] = []
    tracks = tuple(_read_track(folder, faults, recorded=recorded) for folder in _folders(content, "course"))
    return Catalog(tracks=tracks, faults=tuple(faults))


def _read_track(folder: Path, faults: list[LessonError], *, recorded: bool) -> Track:
    path, name = folder / "track.toml", slug_of(folder)
    if not path.exists():
        raise LessonError(name, "is a track without a track.toml.", "Add one with its title and summary.")
    declared = tomllib.loads(path.read_text(encoding="utf-8"))
    if set(declared) != {"title", "summary"}:
        raise LessonError(
            name, f"track.toml says {', '.join(declared) or 'nothing'}.", "It says title and summary."
        )
    lessons = []
    for lesson in _folders(folder, name):
        try:
            lessons.append(read_lesson(lesson, recorded=recorded))
        except LessonError as error:
            faults.append(error)
    return Track(slug=name, lessons=tuple(lessons), **declared)


def _folders(parent: Path, name: str) -> list[Path]:
    """Return the numbered folders in `parent`, in order. Two of one slug would share an address."""
    folders = sorted(path for path in parent.iterdir() if path.is_dir() and path.name[0] not in "._")
    seen: dict[str, Path] = {}
    for folder in folders:
        if not _FOLDER.fullmatch(folder.name):
            raise LessonError(name, f"has a folder named {folder.name}.", "Name it like 010_a_slug.")
        if (slug := slug_of(folder)) in seen:
            raise LessonError(
                name,
                f"has two folders for {slug}: {seen[slug].name} and {folder.name}.",
                "Rename one of them.",
            )
        seen[slug] = folder
    return folders
