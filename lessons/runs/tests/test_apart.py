"""A lesson runs apart as it runs here: whatever its pages ask of a ShelvedLesson."""

import pytest

from lab.apart.tests import work
from lab.apart.tests.having import having_runners
from lab.exceptions import ShelfMissing
from lab.recording.report import Status
from lab.shelves import Shelf
from lessons.course.catalog import get_catalog
from lessons.course.contract import Kind
from lessons.measured.latest import latest
from lessons.measured.scaling import latest_scaling
from lessons.runs.apart import lesson_in
from lessons.runs.shelved import ShelvedLesson, race_shelf
from lessons.tests.by_chance import BY_CHANCE
from lessons.tests.landing import some

LESSONS = [lesson for lesson in get_catalog().lessons if "sqlite" in lesson.engines]
RUNS = {each.path: each for each in LESSONS if each.kind is Kind.RUNS and each.path not in BY_CHANCE}
RACES = {lesson.path: lesson for lesson in LESSONS if lesson.kind is Kind.RACES}

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def runners(shelves):
    with having_runners():
        yield


def told(report):
    """What a report says, but times, and texts that hold addresses of memory."""
    groups = [(each.sql, each.count, each.rows, each.place, each.cause) for each in report.groups]
    return report.status, report.error_type, report.error_place, report.rows, report.digest, groups


@pytest.mark.parametrize("lesson", some(RUNS.values()))
def test_variants_run_apart_as_here(runners, lesson):
    shelved = ShelvedLesson(lesson=lesson, shelf=Shelf(books=10))
    here = shelved.record.__wrapped__
    for variant in shelved.lesson.variants:
        assert told(shelved.record(variant)) == told(here(shelved, variant))


@pytest.mark.parametrize("path", RACES)
def test_races_run_apart_as_here(runners, path):
    shelved = ShelvedLesson(lesson=RACES[path], shelf=race_shelf("sqlite"))
    variant = shelved.lesson.variants[0]
    schedule = variant.races[0].schedule
    apart, here = shelved.race(variant, schedule), shelved.race.__wrapped__(shelved, variant, schedule)
    assert (apart.status, apart.schedule, apart.outcome) == (here.status, here.schedule, here.outcome)


def test_what_else_a_page_asks_comes_back(runners):
    path = "n_plus_one/forward_foreign_key"
    shelved = ShelvedLesson(lesson=RUNS[path], shelf=Shelf(books=10))
    naive, optimized = shelved.lesson.variants[:2]
    assert shelved.measure(naive, runs=1).runs == 1
    assert shelved.explain(naive, 2).plan.vendor == "sqlite"
    assert sum(access.count for access in shelved.accesses(naive)) > 10
    report = shelved.examine(shelved.lesson.claims[0])
    assert report.result == shelved.lesson.claims[0].expected(shelved.environment)
    counts = [[point.queries for point in line] for line in latest_scaling(shelved, (naive, optimized)).points]
    assert counts[0][0] == 11
    assert set(counts[1]) == {1}


def test_keywords_of_run_go_along(runners, paged_course):
    shelved = ShelvedLesson(lesson=lesson_in(paged_course.folder), shelf=Shelf(books=100))
    naive, optimized = shelved.lesson.variants
    assert shelved.with_keywords(page=7).record(naive).preview[0][0] == 61
    assert shelved.record(naive).preview[0][0] == 1
    points, _ = latest_scaling(shelved, (naive, optimized)).points
    assert [(point.at, point.queries) for point in points] == [(1, 2), (2, 2), (5, 2), (10, 2)]


def test_error_of_the_lab_is_the_same(runners):
    shelved = ShelvedLesson(lesson=RUNS["n_plus_one/forward_foreign_key"], shelf=Shelf(books=11))
    with pytest.raises(ShelfMissing, match="no shelf of 11 books"):
        shelved.record(shelved.lesson.variant("naive"))


def test_run_whose_process_ends_is_a_stopped_one(runners, course):
    course.change(
        "naive.py", "def run():", "def run():\n    import os, signal\n\n    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    shelved = ShelvedLesson(lesson=lesson_in(course.folder), shelf=Shelf(books=10))
    report = shelved.record(shelved.lesson.variant("naive"))
    assert (report.status, report.error) == (Status.STOPPED, "stopped: its process has ended (signal SIGKILL)")
    assert shelved.record(shelved.lesson.variant("optimized")).status == Status.OK


def test_lesson_is_as_its_files_are_now(runners, course):
    shelved = ShelvedLesson(lesson=lesson_in(course.folder), shelf=Shelf(books=10))
    assert shelved.record(shelved.lesson.variant("naive")).queries == 11
    course.change("naive.py", 'order_by("pk")', 'order_by("pk").select_related("author")')
    assert shelved.record(shelved.lesson.variant("naive")).queries == 1


def test_result_that_cannot_be_kept_is_shown(runners, monkeypatch):
    """The disk is full."""

    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("django.core.cache.backends.filebased.FileBasedCache.set", full)
    assert latest("of-a-full-disk", work.number) > 0
