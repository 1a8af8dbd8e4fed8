import pytest

from lessons.course.catalog import get_catalog
from lessons.vocabulary.plan_steps import Place, get_made_on, get_plan_steps, get_plan_words

STEPS = [step for steps in get_plan_steps().values() for step in steps]


def test_every_engine_has_its_steps_those_of_the_most_lessons_first():
    assert set(get_plan_steps()) == set(get_made_on()) == {"sqlite", "postgresql", "mysql"}
    for steps in get_plan_steps().values():
        counts = [step.lessons for step in steps]
        assert counts == sorted(counts, reverse=True)


def test_every_step_is_told_in_a_sentence():
    assert not [(step.engine, step.name) for step in STEPS if not step.says]
    for step in STEPS:
        assert not step.says[0].isupper() or step.says.startswith("SELECT")
        assert not step.says.endswith(".")


def test_no_word_names_a_table_of_the_bookstore():
    assert not [step.says for step in STEPS if {"book", "author", "sale", "library_book"} & {*step.says.split()}]


def test_entries_have_addresses_of_their_own():
    slugs = [step.slug for step in STEPS]
    assert len(slugs) == len(set(slugs))


@pytest.mark.parametrize("engine", get_plan_steps())
def test_plans_are_of_lessons_that_there_are(engine):
    lessons = {lesson.path: lesson for lesson in get_catalog().lessons}
    for step in get_plan_steps()[engine]:
        assert 1 <= len(step.seen) <= step.lessons
        for place in step.seen:
            lesson = lessons.get(place.lesson)
            assert lesson, f"{place} is no more: manage.py list_plan_steps"
            assert place.variant in {variant.name for variant in lesson.variants}
            assert engine in lesson.engines


def test_place_is_read_as_it_is_written():
    place = Place(lesson="a_track/a_lesson", variant="naive", n=2, books=100)
    assert Place.read(str(place)) == place


def test_words_are_of_engines_that_there_are():
    assert set(get_plan_words()) <= set(get_plan_steps())
