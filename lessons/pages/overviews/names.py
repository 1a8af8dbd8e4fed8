"""From the names of the ORM to the lessons that teach them."""

from dataclasses import dataclass

from lessons.course.contract import Lesson
from lessons.pages.addresses import Addresses


@dataclass(frozen=True, kw_only=True)
class Name:
    """A name such as select_related, with (lesson, address) of each that teaches it."""

    name: str
    lessons: tuple[tuple[Lesson, str], ...]


def list_names(catalog):
    """Return the Names of the whole course, in the order of the alphabet."""
    taught: dict = {}
    for lesson in catalog.lessons:
        for name in lesson.teaches:
            taught.setdefault(name, []).append((lesson, Addresses(lesson).question()))
    return [
        Name(name=name, lessons=tuple(taught[name]))
        for name in sorted(taught, key=lambda name: (name.lower(), name))
    ]
