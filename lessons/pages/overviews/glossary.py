"""The field's terms, each with the lessons that use it."""

from dataclasses import dataclass
from itertools import groupby

from lessons.course.contract import Lesson
from lessons.course.prose import terms_of
from lessons.vocabulary.glossary import Term, get_glossary

_SHOWN = 8  # lessons of a term


@dataclass(frozen=True, kw_only=True)
class Entry:
    term: Term
    lessons: tuple[Lesson, ...]  # those that name it in their title first, then in the order of the course

    @property
    def first(self):
        return self.lessons[:_SHOWN]

    @property
    def rest(self):
        return self.lessons[_SHOWN:]


def list_terms(catalog):
    """Return [(letter, Entries)] of the whole glossary; a term that no lesson uses has none."""
    users: dict[Term, list[tuple[bool, Lesson]]] = {}
    for lesson in catalog.lessons:
        in_title = {term for _, term in get_glossary().find(lesson.title)}
        for term in {*in_title, *terms_of(lesson)}:
            users.setdefault(term, []).append((term not in in_title, lesson))
    entries = [
        Entry(
            term=term, lessons=tuple(lesson for _, lesson in sorted(users.get(term, ()), key=lambda use: use[0]))
        )
        for term in get_glossary().terms
    ]
    return [
        (letter, tuple(those)) for letter, those in groupby(entries, key=lambda entry: entry.term.name[0].upper())
    ]
