"""What runs in the reader's browser comes to what it comes to on the server, with the same Django."""

import json
import re
from concurrent.futures import ThreadPoolExecutor

import django
import pytest

from lab.exceptions import NoStatement
from lab.shelves import Shelf
from lessons.browser.telling import tell_plan, tell_run
from lessons.course.catalog import get_catalog
from lessons.runs.parcel import parcel
from lessons.runs.shelved import ShelvedLesson
from lessons.tests.by_chance import BY_CHANCE
from lessons.tests.landing import some

LESSONS = [each for each in get_catalog().lessons if each.no_browser is None]
_TIMES = {"seconds", "ms"}
# Moments, and UUIDs that a run makes anew.
_CHANGING = re.compile(
    r"\d{4}-\d\d-\d\d[ T][\d:.]+|datetime\(\d[^)]*\)|[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}"
)
# Claims that ask for what a browser has not.
_NOT_THERE = {
    "silk_in_two_steps": "a site in a process of its own",
    "silk_sees_every_query": "a site in a process of its own",
    "all_of_a_request": "a thread",
    "open_and_idle": "a thread",
    "core_runs_one_query": "the command dumpdata",
    "debug_sql_prints_every_query": "a process",
    "twice_the_room": "SQLite's table dbstat",
    "a_condition_makes_it_smaller": "SQLite's table dbstat",
    "as_large_as_a_plain_one": "SQLite's table dbstat",
    "another_column_costs_little": "SQLite's table dbstat",
}
# Plans that a newer SQLite, such as the browser's, makes in another way.
_PLANNED_ANEW = {
    "one_query_more/tree": "which step of a recursive query gets an automatic index",
    "plans_and_indexes/database_view": "which subquery of a view gets one",
}
pytestmark = pytest.mark.skipif(
    django.VERSION < (6, 1), reason="a browser runs Django 6.1, and counts differ by version"
)


def here(work, *args):
    """What it returns in another thread: in this one Playwright has a loop, in which the ORM refuses to work."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work, *args).result()


def lasting(told):
    """What is the same in each run."""
    if isinstance(told, dict):
        return {key: lasting(value) for key, value in told.items() if key not in _TIMES}
    if isinstance(told, list):
        return [lasting(each) for each in told]
    return _CHANGING.sub("…", told) if isinstance(told, str) else told


def plain(told):
    """As it is when it has come through JSON."""
    return lasting(json.loads(json.dumps(told)))


@pytest.mark.parametrize("lesson", some(LESSONS))
def test_variants_and_plans(lesson, ask, shelves):
    if "sqlite" not in lesson.engines:
        pytest.skip("is not for SQLite")
    sent = parcel(lesson)
    for books in (10, 100):
        shelved = ShelvedLesson(lesson=lesson, shelf=Shelf(books=books))
        for variant in lesson.variants:
            if "django.contrib.postgres" in variant.source:  # is not packed for a browser, which has SQLite alone
                continue
            message = {"lesson": sent, "variant": variant.name, "books": books}
            report = here(shelved.record, variant)
            told = lasting(ask({"do": "run", **message})["run"])
            if lesson.path in BY_CHANCE:
                assert told["queries"] == report.queries
                continue
            assert told == plain(tell_run(report)), variant.name
            if books == 10 and report.queries and lesson.path not in _PLANNED_ANEW:
                assert ask({"do": "explain", "n": 1, **message}) == here(explained, shelved, variant), variant.name


def explained(shelved, variant):
    try:
        return {"plan": plain(tell_plan(shelved.explain(variant, 1)))}
    except NoStatement as error:
        return {"fault": str(error)}


@pytest.mark.parametrize("lesson", some(LESSONS))
def test_claims(lesson, ask, shelves):
    sent = parcel(lesson, claims=True)
    shelved = ShelvedLesson(lesson=lesson, shelf=Shelf(books=100))
    for claim in lesson.claims:
        if claim.name in _NOT_THERE:
            continue
        report = here(shelved.examine, claim)
        there = ask({"do": "examine", "lesson": sent, "claim": claim.name, "books": 100})
        assert there["claim"] == {"status": report.status, "error": report.error, "result": report.result}, (
            claim.name
        )
