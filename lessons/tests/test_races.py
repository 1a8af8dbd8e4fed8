"""The declared races of the course have one story each, however often they are run."""

from contextlib import ExitStack
from itertools import chain

import pytest

from lab.race.tests.story import story
from lessons.course.catalog import get_catalog
from lessons.runs.shelved import ShelvedLesson, race_shelf

RACES = [
    [
        pytest.param(
            lesson, variant, race, engine,
            id=f"{lesson.slug}-{variant.name}-{number}-{engine}",
            marks=pytest.mark.xdist_group(f"{lesson.path}-{engine}"),  # which have a template
        )
        for engine in race.outcome
    ]
    for lesson in get_catalog().lessons
    for variant in lesson.variants
    for number, race in enumerate(variant.races, start=1)
]  # fmt: skip
ARGUMENTS = ("lesson", "variant", "race", "engine")
IN_TURN = [engines[turn % len(engines)] for turn, engines in enumerate(RACES)]
on_one_engine = pytest.mark.parametrize(ARGUMENTS, IN_TURN[::4], indirect=["engine"])  # the soak has all
on_every_engine = pytest.mark.parametrize(ARGUMENTS, [*chain(*RACES)], indirect=["engine"])


def test_there_are_races():
    assert RACES


@pytest.mark.once
@on_one_engine
def test_declared_race_has_one_story(run_again, lesson, variant, race, engine):
    run_again(2, lesson, variant, race)


@pytest.mark.soak
@on_every_engine
def test_declared_race_has_one_story_a_hundred_times(run_again, lesson, variant, race, engine):
    run_again(100, lesson, variant, race)


@pytest.fixture
def run_again(template_for, engine, engine_shelves):
    def run_again(times, lesson, variant, race):
        shelved = ShelvedLesson(lesson=lesson, shelf=race_shelf(engine.name))
        options = {"isolation": race.isolation, "template": template_for(shelved, variant)}
        reports = [shelved.race(variant, race.schedule, **options) for _ in range(times)]
        assert [report.outcome for report in reports] == [race.outcome[engine.name]] * times
        first, *others = map(story, reports)
        assert others == [first] * (times - 1)

    return run_again


@pytest.fixture(scope="module")
def template_for():
    """A lesson's template on an engine, made when another one is asked for."""
    with ExitStack() as stack:
        made = {}

        def template_for(shelved, variant):
            key = shelved.lesson.path, shelved.shelf
            if key not in made:
                stack.close()
                made.clear()
                made[key] = stack.enter_context(shelved.race_template(variant))
            return made[key]

        yield template_for
