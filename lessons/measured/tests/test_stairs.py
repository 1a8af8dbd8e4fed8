from dataclasses import replace
from time import sleep

import pytest

from lab.engines import NAMES
from lab.recording.report import Group, Report, Status, Wall
from lessons.course.catalog import get_catalog
from lessons.measured import stairs
from lessons.measured.stairs import latest_measurements
from lessons.runs.shelved import ShelvedLesson


@pytest.fixture
def lesson(course):
    return get_catalog().lesson("a_track/a_lesson")


@pytest.fixture
def shelved(lesson, shelf):
    return ShelvedLesson(lesson=lesson, shelf=shelf)


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

    def measure(shelved, variant, *, runs, template):
        walls.append(variant.name)
        return Wall(first=900, median=400, min=300, max=500, runs=runs)

    monkeypatch.setattr(ShelvedLesson, "record", lambda *args: report(800))
    monkeypatch.setattr(ShelvedLesson, "measure", measure)
    return walls


@pytest.fixture
def recorded(monkeypatch, timed):
    """Make recorded runs, of both variants in turn, that take so many nanoseconds with all that prepares them."""
    runs = []

    def record(*walls):
        runs.extend(walls)
        monkeypatch.setattr(stairs, "_timed", lambda *args: (report(runs[0]), runs.pop(0)))
        monkeypatch.setattr(ShelvedLesson, "record", lambda *args: report(runs.pop(0)))
        return runs

    return record


def test_time_is_the_median_of_repeats_by_the_recorded_shares(shelved, timed):
    naive, _ = latest_measurements(shelved).variants
    assert (naive.database_ns, naive.python_ns, naive.total_ns, naive.repeats) == (100, 300, 400, stairs.REPEATS)
    assert (naive.queries, naive.rows, naive.cells) == (1, 3, 6)
    assert timed == ["naive", "optimized"] * stairs.REPEATS


def test_cold_first_run_does_not_make_a_variant_slow(shelved, timed, recorded):
    left = recorded(stairs.QUICK + 1, 800, 900, 700, 800, 900)
    naive, optimized = latest_measurements(shelved).variants
    assert (naive.total_ns, naive.repeats) == (optimized.total_ns, optimized.repeats) == (400, stairs.REPEATS)
    assert left == []


def test_slow_run_is_not_repeated_but_for_the_cold_one(shelved, timed, recorded):
    left = recorded(3 * stairs.QUICK, 2 * stairs.QUICK, stairs._LONG + 1)
    naive, optimized = latest_measurements(shelved).variants
    assert (naive.database_ns, naive.total_ns, naive.repeats) == (stairs.QUICK // 2, 2 * stairs.QUICK, 0)
    assert (optimized.total_ns, optimized.repeats) == (stairs._LONG + 1, 0)
    assert timed == left == []


def test_run_that_is_slow_to_prepare_is_not_measured(shelved, timed, monkeypatch):
    monkeypatch.setattr(stairs, "QUICK", 20_000_000)

    def record(*args):
        sleep(0.03)  # as where a copy of the shelf is made
        return report(800)

    monkeypatch.setattr(ShelvedLesson, "record", record)
    naive, _ = latest_measurements(shelved).variants
    assert (naive.database_ns, naive.python_ns, naive.repeats) == (200, 600, 0)
    assert timed == []


def test_failed_run_is_not_repeated(course, shelved):
    course.write("naive.py", "def run():\n    return [1 / 0]\n")
    naive, optimized = latest_measurements(shelved).variants
    assert (naive.is_result, naive.status, naive.error_type) == (False, "raised", "ZeroDivisionError")
    assert optimized.is_result


def test_measurements_are_kept_for_each_shelf(shelved, shelves, timed):
    first = latest_measurements(shelved)
    assert latest_measurements(shelved) == first
    assert len(timed) == 2 * stairs.REPEATS
    latest_measurements(shelved.with_books(37))
    assert len(timed) == 4 * stairs.REPEATS
    assert latest_measurements(shelved, again=True).measured_at > first.measured_at


def test_measurements_are_kept_for_each_engine(shelved, timed):
    for engine_name in NAMES:
        latest_measurements(replace(shelved, shelf=replace(shelved.shelf, engine_name=engine_name)))
    assert len(timed) == len(NAMES) * 2 * stairs.REPEATS
