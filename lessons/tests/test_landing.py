from lessons.course.catalog import get_catalog
from lessons.tests.landing import some, some_with, taken_now

LESSONS = get_catalog().lessons


def test_each_lesson_is_taken_by_make_prove_and_those_that_wait_by_make_soak():
    marks = {each.id: {mark.name for mark in each.marks} for each in some(LESSONS)}
    assert marks.keys() == {lesson.path for lesson in LESSONS}
    assert {frozenset(names) for names in marks.values()} == {frozenset({"prove"}), frozenset({"prove", "soak"})}


def test_make_test_takes_lessons_of_every_track():
    at_once = [each.values[0] for each in some(LESSONS) if len(each.marks) == 1]
    assert at_once == taken_now(LESSONS)
    assert len(LESSONS) / 10 < len(at_once) < len(LESSONS) / 5
    assert {lesson.track for lesson in at_once} == {lesson.track for lesson in LESSONS}


def test_word_goes_with_its_lesson():
    pairs = [(lesson, lesson.slug) for lesson in LESSONS]
    assert [tuple(each.values) for each in some_with(pairs)] == pairs
    assert [each.marks for each in some_with(pairs)] == [each.marks for each in some(LESSONS)]
