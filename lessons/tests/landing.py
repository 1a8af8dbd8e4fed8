"""What takes seconds for each lesson: a landing has it of some lessons, and of those that changed."""

from collections import Counter
from collections.abc import Iterable

import pytest

from lessons.course.contract import Lesson

_SHARE = 4  # one of so many in each track, from the first


def some(lessons: Iterable[Lesson]) -> list:
    """Parameters of a test. `make test` takes some of the lessons, `make soak` the others, `make prove` any."""
    seen, found = Counter(), []
    for lesson in lessons:
        waits = seen[lesson.track] % _SHARE
        seen[lesson.track] += 1
        marks = (pytest.mark.prove, pytest.mark.soak) if waits else pytest.mark.prove
        found.append(pytest.param(lesson, id=lesson.path, marks=marks))
    return found
