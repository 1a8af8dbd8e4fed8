import pytest

from lab.recording.bounds import Bounds
from lab.recording.report import Report, Status
from lab.running import runner
from lessons.course.catalog import get_catalog
from lessons.measured import scaling
from lessons.measured.scaling import NOT_RUN, latest_scaling, record_points
from lessons.runs.shelved import ShelvedLesson


@pytest.fixture
def lesson(course):
    return get_catalog().lesson("a_track/a_lesson")


@pytest.fixture
def shelved(lesson, shelves):
    return ShelvedLesson(lesson=lesson, shelf=shelves[10])


@pytest.fixture
def pair(lesson):
    return lesson.variant("naive"), lesson.variant("optimized")


@pytest.fixture
def runs(monkeypatch):
    """What was run: [(variant, books)]."""
    made = []

    def record(shelved, variant):
        made.append((variant.name, shelved.shelf.books))
        return really(shelved, variant)

    really = ShelvedLesson.record
    monkeypatch.setattr(ShelvedLesson, "record", record)
    monkeypatch.setattr(scaling, "QUICK", 0)  # each once
    return made


def test_every_shelf_has_a_point(shelved):
    points = list(record_points(shelved, shelved.lesson.variant("naive")))
    assert [(point.at, point.queries, point.rows) for point in points] == [
        (10, 11, 20),
        (37, 38, 74),
        (100, 101, 200),
        (1_000, 1_001, 2_000),
    ]
    assert all(point.is_result and 0 < point.database_ns < point.wall_ns for point in points)


def test_nothing_is_run_after_a_stopped_shelf(shelved, runs, monkeypatch):
    monkeypatch.setattr(runner, "Bounds", lambda: Bounds(queries=30))
    points = list(record_points(shelved, shelved.lesson.variant("naive")))
    assert [point.status for point in points] == ["ok", "stopped", NOT_RUN, NOT_RUN]
    assert [books for _, books in runs] == [10, 37]
    assert points[1].queries == 30
    assert points[1].is_cut
    assert not points[1].is_result
    assert points[2].error == "not run: a smaller shelf was stopped already"


def test_lately_measured_is_not_measured_again(shelved, pair, runs):
    first = latest_scaling(shelved, pair)
    assert latest_scaling(shelved, pair) == first
    assert sorted(set(runs)) == sorted((variant.name, books) for variant in pair for books in (10, 37, 100, 1_000))
    once = len(runs)
    again = latest_scaling(shelved, pair, again=True)
    assert len(runs) == 2 * once
    assert again.measured_at > first.measured_at


def test_another_pair_is_measured_for_itself(shelved, pair, runs):
    latest_scaling(shelved, pair)
    once = len(runs)
    latest_scaling(shelved, pair[::-1])
    assert len(runs) == 2 * once


def test_quick_runs_are_repeated_and_the_median_shown(shelved, monkeypatch):
    times = iter([9, 5, 7, scaling.QUICK, 6, 4, 8])

    def record(shelved, variant):
        return Report(status=Status.OK, wall_ns=next(times))

    monkeypatch.setattr(ShelvedLesson, "record", record)
    monkeypatch.setattr(type(shelved.shelf.engine), "sizes", lambda engine: [10, 37, 100])
    points = record_points(shelved, shelved.lesson.variant("naive"))
    assert [point.wall_ns for point in points] == [7, scaling.QUICK, 6]
