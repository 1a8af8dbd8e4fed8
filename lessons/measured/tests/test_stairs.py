from time import sleep

import pytest

from lab.recording.report import Group, Report, Status, Wall
from lessons.course.catalog import get_catalog
from lessons.measured import stairs as steps
from lessons.measured.stairs import latest_measurements


@pytest.fixture
def lesson(course):
    return get_catalog().lesson("a_track/a_lesson")


def report(wall_ns):
    group = Group(
        index=1, kind="select", sql="SELECT", count=1, rows=3, columns=2, affected=0, execute_ns=wall_ns // 4, fetch_ns=0, cause="",
        place=None, distinct=1, samples=(), error=None,
    )  # fmt: skip
    return Report(status=Status.OK, groups=(group,), wall_ns=wall_ns)


@pytest.fixture
def timed(monkeypatch):
    """Recorded runs of 800 ns, warm repeats of 400 ns; a quarter of either is the database's. Names of variants."""
    walls = []

    def measure(lesson, variant, shelf, *, runs, template):
        walls.append(variant.name)
        return Wall(first=900, median=400, min=300, max=500, runs=runs)

    monkeypatch.setattr(steps, "record_variant", lambda *args: report(800))
    monkeypatch.setattr(steps, "measure_variant", measure)
    return walls


@pytest.fixture
def recorded(monkeypatch, timed):
    """Make recorded runs, of both variants in turn, that take so many nanoseconds with all that prepares them."""
    runs = []

    def record(*walls):
        runs.extend(walls)
        monkeypatch.setattr(steps, "_timed", lambda *args: (report(runs[0]), runs.pop(0)))
        monkeypatch.setattr(steps, "record_variant", lambda *args: report(runs.pop(0)))
        return runs

    return record


def test_time_is_the_median_of_repeats_by_the_recorded_shares(lesson, shelf, timed):
    naive, _ = latest_measurements(lesson, shelf).steps
    assert (naive.database_ns, naive.python_ns, naive.total_ns, naive.repeats) == (100, 300, 400, steps.REPEATS)
    assert (naive.queries, naive.rows, naive.cells) == (1, 3, 6)
    assert timed == ["naive", "optimized"] * steps.REPEATS


def test_cold_first_run_does_not_make_a_variant_slow(lesson, shelf, timed, recorded):
    left = recorded(steps.QUICK + 1, 800, 900, 700, 800, 900)
    naive, optimized = latest_measurements(lesson, shelf).steps
    assert (naive.total_ns, naive.repeats) == (optimized.total_ns, optimized.repeats) == (400, steps.REPEATS)
    assert left == []


def test_slow_run_is_not_repeated_but_for_the_cold_one(lesson, shelf, timed, recorded):
    left = recorded(3 * steps.QUICK, 2 * steps.QUICK, steps._LONG + 1)
    naive, optimized = latest_measurements(lesson, shelf).steps
    assert (naive.database_ns, naive.total_ns, naive.repeats) == (steps.QUICK // 2, 2 * steps.QUICK, 0)
    assert (optimized.total_ns, optimized.repeats) == (steps._LONG + 1, 0)
    assert timed == left == []


def test_run_that_is_slow_to_prepare_is_not_measured(lesson, shelf, timed, monkeypatch):
    monkeypatch.setattr(steps, "QUICK", 20_000_000)

    def record(*args):
        sleep(0.03)  # as where a copy of the shelf is made
        return report(800)

    monkeypatch.setattr(steps, "record_variant", record)
    naive, _ = latest_measurements(lesson, shelf).steps
    assert (naive.database_ns, naive.python_ns, naive.repeats) == (200, 600, 0)
    assert timed == []


def test_failed_run_is_not_repeated(course, lesson, shelf, monkeypatch):
    course.write("naive.py", "def run():\n    return [1 / 0]\n")
    naive, optimized = latest_measurements(lesson, shelf).steps
    assert (naive.is_result, naive.status, naive.error_type) == (False, "raised", "ZeroDivisionError")
    assert optimized.is_result


def test_steps_are_kept_for_each_shelf(lesson, shelves, timed):
    first = latest_measurements(lesson, shelves[10])
    assert latest_measurements(lesson, shelves[10]) == first
    assert len(timed) == 2 * steps.REPEATS
    latest_measurements(lesson, shelves[37])
    assert len(timed) == 4 * steps.REPEATS
    assert latest_measurements(lesson, shelves[10], again=True).measured_at > first.measured_at
