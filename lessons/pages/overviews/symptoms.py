"""What goes wrong, in the reader's words: how to see it, and which lessons help, in which order."""

from dataclasses import dataclass

from lessons.course.contract import Lesson
from lessons.vocabulary.symptoms import Symptom, get_symptoms


@dataclass(frozen=True, kw_only=True)
class Path:
    """A symptom with its lessons: those that name it first, then the others, each in the order of the course."""

    symptom: Symptom
    lessons: tuple[Lesson, ...]


def list_paths(catalog):
    """Return the Paths of all symptoms that some lesson helps with."""
    paths = [
        Path(symptom=symptom, lessons=tuple(_helpers(catalog, symptom))) for symptom in get_symptoms().values()
    ]
    return [path for path in paths if path.lessons]


def _helpers(catalog, symptom):
    helpers = [lesson for lesson in catalog.lessons if symptom.slug in lesson.symptoms]
    return sorted(helpers, key=lambda lesson: lesson.symptoms.index(symptom.slug))
