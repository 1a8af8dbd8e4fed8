"""Every challenge of the course: what is shipped as naive does not solve it, and what is shipped as optimized does."""

import django
import pytest

from lessons.challenge.offering import make_challenge
from lessons.challenge.shelves import judged_shelves
from lessons.course.catalog import get_catalog
from lessons.course.contract import SIZES, Kind
from lessons.runs.row_diff import KEPT
from lessons.runs.shelved import ShelvedLesson
from lessons.tests.landing import some

# In the browser they run on the newer Django alone; on an older one, those that it can solve.
pytestmark = pytest.mark.once
LESSONS = [lesson for lesson in get_catalog().lessons if lesson.no_challenge is None]
HERE = some(each for each in LESSONS if each.variant("optimized").django.contains(django.get_version()))
IMPORTS = "import datetime\nfrom decimal import Decimal\nfrom uuid import UUID\n"


@pytest.mark.parametrize("lesson", HERE)
def test_naive_fails(judged, lesson):
    assert not judged(lesson, lesson.variant("naive").source).solved


@pytest.mark.parametrize("lesson", HERE)
def test_optimized_passes(judged, lesson):
    assert judged(lesson, lesson.variant("optimized").source).missing == ()


@pytest.mark.parametrize("lesson", HERE)
def test_rows_that_are_written_down_fail(judged, lesson):
    smallest = ShelvedLesson(lesson=lesson, shelf=judged_shelves()[0])
    report = smallest.record(lesson.variant("optimized"), keep=KEPT)
    rows = report.rendered if report.rendered is not None else list(report.preview)
    assert not judged(lesson, f"{IMPORTS}\n\ndef run():\n    return {rows!r}\n").solved


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.path)
def test_task_is_a_sentence_or_two(lesson):
    task = make_challenge(lesson)["task"]
    assert task[0].isupper() and task[-1] == "." and len(task) <= 200


def test_who_has_no_challenge_says_why():
    without = [lesson for lesson in get_catalog().lessons if lesson.no_challenge]
    assert len(LESSONS) + len(without) == len(get_catalog().lessons)
    assert all(lesson.no_browser for lesson in without if lesson.kind is Kind.RACES)


def test_no_shelf_that_readers_see_is_judged_on():
    assert not {shelf.books for shelf in judged_shelves()} & set(SIZES)
