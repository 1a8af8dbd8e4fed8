"""What each lesson is put through: a landing does all of it with lessons that changed, and with some of the others.

That the others keep their promises on a shelf of one engine a landing proves too (test_content.py): so what all of this
takes hardly grows with the course.
"""

from collections import Counter
from collections.abc import Iterable

import pytest

from lessons.course.contract import Lesson

# One of so many in each track, from the first.
_SHARE = 8


def marks(now: bool) -> tuple[pytest.MarkDecorator, ...]:
    """now: whether a landing takes it"""
    return (pytest.mark.prove,) if now else (pytest.mark.prove, pytest.mark.soak)


def some(lessons: Iterable[Lesson]) -> list:
    """Parameters of a test. `make test` takes some of the lessons, `make soak` the others, `make prove` any."""
    lessons = list(lessons)
    return [_param(lesson, now) for lesson, now in zip(lessons, _in_turn(lessons), strict=True)]


def some_with(pairs: Iterable[tuple[Lesson, str]]) -> list:
    """The same of a test that takes an engine, or another word, with each lesson."""
    pairs = list(pairs)
    turns = _in_turn([lesson for lesson, _ in pairs])
    return [_param(lesson, now, word) for (lesson, word), now in zip(pairs, turns, strict=True)]


def taken_now(lessons: Iterable[Lesson]) -> list[Lesson]:
    """For a test that takes lessons together."""
    lessons = list(lessons)
    return [lesson for lesson, now in zip(lessons, _in_turn(lessons), strict=True) if now]


def _in_turn(lessons: list[Lesson]) -> list[bool]:
    seen, found = Counter[str](), []
    for lesson in lessons:
        found.append(seen[lesson.track] % _SHARE == 0)
        seen[lesson.track] += 1
    return found


def _param(lesson: Lesson, now: bool, *more: str):
    return pytest.param(lesson, *more, id=lesson.path, marks=marks(now))
