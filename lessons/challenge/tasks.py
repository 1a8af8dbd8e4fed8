"""What a challenge asks for, in a sentence."""

import django

from lessons.course.contract import SIZES, Environment, Lesson

_ENGINE = "sqlite"  # of the reader's browser
_SAVED = {  # the first that a lesson saves is told
    "rows": "fewer rows fetched",
    "fields": "fewer columns fetched",
    "memory": "less data fetched",
    "time": "less work for the database",
}


def task_of(lesson: Lesson) -> str:
    """The lesson's own words, or those made from what it saves."""
    if lesson.task:
        return lesson.task
    same = "Write the same data and return" if lesson.access == "write" else "Return"
    saved = [words for kind, words in _SAVED.items() if kind in lesson.saves][:1]
    if not saved or _saves_queries(lesson):
        saved.insert(0, "fewer queries")
    return f"{same} the same rows, with {' and '.join(saved)}."


def _saves_queries(lesson: Lesson) -> bool:
    here = Environment(engine=_ENGINE, django=django.get_version())
    naive, optimized = (lesson.variant(name).counts[SIZES[-1]].value(here) for name in ("naive", "optimized"))
    return bool(naive > optimized)
