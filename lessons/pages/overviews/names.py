"""From the names of the ORM to the lessons that teach them."""

from dataclasses import dataclass

from lessons.course.contract import Lesson
from lessons.vocabulary.names import OTHER, get_groups


@dataclass(frozen=True, kw_only=True)
class Name:
    """A name such as select_related, with the lessons that teach it: the one that is about it first."""

    name: str
    docs: str  # address in the official documentation, "" where neither names.toml nor a lesson has one
    lessons: tuple[Lesson, ...]


def list_names(catalog):
    """Return [(group, Names)] of what the course teaches, those of no group at the end."""
    taught = _taught(catalog)
    groups = {**get_groups(), OTHER: {}}
    grouped = {name for names in groups.values() for name in names}
    groups[OTHER] = {name: _first_docs(lessons) for name, lessons in taught.items() if name not in grouped}
    listed = [
        (
            group,
            [
                Name(name=name, docs=docs, lessons=tuple(taught[name]))
                for name, docs in names.items()
                if name in taught
            ],
        )
        for group, names in groups.items()
    ]
    return [(group, names) for group, names in listed if names]


def _taught(catalog):
    """{name: lessons}. What a lesson teaches first it is about; the others come after it, as in the course."""
    taught: dict[str, list[Lesson]] = {}
    for lesson in catalog.lessons:
        for name in lesson.teaches:
            taught.setdefault(name, []).append(lesson)
    return {name: sorted(those, key=lambda lesson: lesson.teaches.index(name)) for name, those in taught.items()}


def _first_docs(lessons):
    return next((url for lesson in lessons for url in lesson.docs), "")
