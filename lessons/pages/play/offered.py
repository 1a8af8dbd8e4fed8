"""What of a lesson can be opened in free play."""

from typing import Any

from lessons.course.contract import Kind, Lesson
from lessons.pages.addresses import DEFAULT_BOOKS, Addresses
from lessons.runs.parcel import parcel

_ENGINE = "sqlite"  # there is no other in a browser
_WAYS = {"naive": "run.py", "optimized": "other.py"}  # the names that the variants have there


def can_be_played(lesson: Lesson) -> bool:
    return lesson.kind is Kind.RUNS and _ENGINE in lesson.engines and not lesson.no_browser


def sketch_of(lesson: Lesson) -> dict[str, Any]:
    """Plain values for frontend/play.js: {title, url, books, files: {name: text}}, both variants among them."""
    imported = {"setup.py", *(path.name for path in lesson.module_paths.values())}
    files = parcel(lesson)["files"].items()
    others = {name: text for name, text in files if name in imported or not name.endswith(".py")}
    ways = {file: lesson.variant(name).source for name, file in _WAYS.items()}
    return {
        "title": lesson.title,
        "url": Addresses(lesson).question(),
        "books": DEFAULT_BOOKS,
        "files": {**ways, **others},
    }
