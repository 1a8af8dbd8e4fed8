"""The declared races of the course have one story each, however often they are run."""

import pytest

from lab.tests.test_race import story
from lessons.catalog import get_catalog
from lessons.racing import race_shelf, race_variant

RACES = [
    pytest.param(lesson, variant, race, id=f"{lesson.slug}-{variant.name}-{number}")
    for lesson in get_catalog().lessons
    for variant in lesson.variants
    for number, race in enumerate(variant.races, start=1)
]


def test_there_are_races():
    assert RACES


@pytest.mark.parametrize(("lesson", "variant", "race"), RACES)
def test_declared_race_has_one_story(lesson, variant, race, engine, engine_shelves):
    _run_again(5, lesson, variant, race, engine)


@pytest.mark.soak
@pytest.mark.parametrize(("lesson", "variant", "race"), RACES)
def test_declared_race_has_one_story_a_hundred_times(lesson, variant, race, engine, engine_shelves):
    _run_again(100, lesson, variant, race, engine)


def _run_again(times, lesson, variant, race, engine):
    """On an engine that the race declares nothing for there is nothing to run."""
    if engine.name not in race.outcome:
        return
    shelf = race_shelf(engine.name)
    first = None
    for _ in range(times):
        report = race_variant(lesson, variant, shelf, race.schedule, isolation=race.isolation)
        assert report.outcome == race.outcome[engine.name]
        first = first or story(report)
        assert story(report) == first
