"""The declared races of the course have one story each, however often they are run."""

import pytest

from lab.race.tests.test_race import story
from lessons.course.catalog import get_catalog
from lessons.runs.shelved import ShelvedLesson, race_shelf

RACES = [
    pytest.param(lesson, variant, race, engine, id=f"{lesson.slug}-{variant.name}-{number}-{engine}")
    for lesson in get_catalog().lessons
    for variant in lesson.variants
    for number, race in enumerate(variant.races, start=1)
    for engine in race.outcome
]
races = pytest.mark.parametrize(("lesson", "variant", "race", "engine"), RACES, indirect=["engine"])


def test_there_are_races():
    assert RACES


@races
def test_declared_race_has_one_story(lesson, variant, race, engine, engine_shelves):
    _run_again(5, lesson, variant, race, engine)


@pytest.mark.soak
@races
def test_declared_race_has_one_story_a_hundred_times(lesson, variant, race, engine, engine_shelves):
    _run_again(100, lesson, variant, race, engine)


def _run_again(times, lesson, variant, race, engine):
    shelved = ShelvedLesson(lesson=lesson, shelf=race_shelf(engine.name))
    first = None
    with shelved.race_template(variant) as template:
        for _ in range(times):
            report = shelved.race(variant, race.schedule, isolation=race.isolation, template=template)
            assert report.outcome == race.outcome[engine.name]
            first = first or story(report)
            assert story(report) == first
