"""What a lesson opens with in free play does what the lesson does."""

import django
import pytest

from lab.shelves import Shelf
from lessons.course.catalog import get_catalog
from lessons.pages.play.offered import can_be_played, sketch_of
from lessons.runs.shelved import ShelvedLesson
from lessons.tests.by_chance import BY_CHANCE
from lessons.tests.landing import some

pytestmark = pytest.mark.once

WAYS = ("naive", "optimized")
PLAYED = [
    lesson
    for lesson in get_catalog().lessons
    if can_be_played(lesson) and all(lesson.variant(way).django.contains(django.get_version()) for way in WAYS)
]


@pytest.mark.parametrize("lesson", some(PLAYED))
def test_both_ways_run_as_in_the_lesson(lesson, ask):
    shelved = ShelvedLesson(lesson=lesson, shelf=Shelf(books=10))
    expected = [shelved.record(lesson.variant(name)) for name in WAYS]
    answer = ask("play", sketch_of(lesson)["files"], ways=["run.py", "other.py"])
    assert "trouble" not in answer, answer
    for report, run in zip(expected, answer["runs"], strict=True):
        assert (run["status"], run["queries"]) == (report.status, report.queries), run["error"]
        if lesson.path not in BY_CHANCE:
            assert run["rows"] == report.rows_fetched
