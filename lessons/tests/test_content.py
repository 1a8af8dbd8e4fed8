"""Every lesson of the course keeps what it declares: the lessons are the test corpus.

A quick run proves each lesson on one shelf of its first engine, and some on every engine; the older Django has only
those. The tests marked `prove` take every shelf of every engine; `.ci/run` has them, with both, for lessons that changed.
"""

from dataclasses import replace
from zlib import crc32

import django
import pytest

from lab.engines import get_engine
from lessons.course.catalog import get_catalog
from lessons.course.contract import DJANGO, ENGINES, SIZES, Kind
from lessons.proof.proof import compare_engines, prove
from lessons.tests.landing import marks, some, taken_now

OLDER = django.get_version().startswith(DJANGO[0])


def _in_one_process(params):
    """All tests of a lesson run in one process, which proves it once."""
    return [
        pytest.param(*each.values, id=each.id, marks=[*each.marks, pytest.mark.xdist_group(each.values[0].path)])
        for each in params
    ]


LESSONS = _in_one_process(pytest.param(lesson, id=lesson.path) for lesson in get_catalog().lessons)
# Races have a shelf of their own.
_RUNS = [lesson for lesson in get_catalog().lessons if lesson.kind is Kind.RUNS]
RUNS = _in_one_process(some(_RUNS))
ON_ALL_ENGINES = taken_now(get_catalog().lessons)


def _now(lesson, engine):
    return lesson in ON_ALL_ENGINES or (engine == lesson.engines[0] and not OLDER)


ON_ENGINES = _in_one_process(
    pytest.param(
        lesson, engine,
        id=f"{lesson.path}-{engine}",
        marks=marks(_now(lesson, engine)),
    )
    for lesson in get_catalog().lessons
    for engine in ENGINES
)  # fmt: skip


def test_every_folder_is_a_lesson():
    assert [str(fault) for fault in get_catalog().faults] == []


def test_landing_proves_each_lesson_on_an_engine_and_some_on_all():
    at_once = {each.id for each in ON_ENGINES if "soak" not in {mark.name for mark in each.marks}}
    for lesson in get_catalog().lessons:
        asked = {f"{lesson.path}-{engine}" for engine in lesson.engines}
        assert OLDER or at_once & asked, lesson.path
        assert lesson not in ON_ALL_ENGINES or asked <= at_once


@pytest.mark.parametrize(("lesson", "engine"), ON_ENGINES, indirect=["engine"])
def test_lesson_keeps_its_promises(lesson, engine, engine_shelves):
    _check(lesson, engine, [engine_shelves[_size_in_turn(lesson)]])


@pytest.mark.parametrize("lesson", RUNS)
def test_lesson_runs_on_any_shelf(lesson, shelves):
    """On one too whose counts it does not declare."""
    runs = replace(lesson, claims=())
    assert [str(fault) for fault in prove(runs, [shelves[size] for size in (10, 37, 100)]).faults] == []


@pytest.mark.once
@pytest.mark.parametrize("lesson", RUNS)
def test_lesson_keeps_its_promises_on_the_largest_shelf(lesson, engines_at_hand, shelves_at_hand, build_another):
    name = next((name for name in lesson.engines if name in engines_at_hand), None)
    if name is None:
        pytest.skip(f"None of its engines is at hand: {', '.join(lesson.engines)}.")
    _build_where_it_saves(lesson, name, build_another)
    _check(lesson, get_engine(name), [shelves_at_hand[name][SIZES[-1]]])


@pytest.mark.soak
@pytest.mark.prove
@pytest.mark.parametrize("lesson", LESSONS)
def test_lesson_keeps_its_promises_on_every_shelf(lesson, engine, engine_shelves, build_another):
    _build_where_it_saves(lesson, engine.name, build_another)
    _check(lesson, engine, [engine_shelves[size] for size in SIZES])


@pytest.mark.once
@pytest.mark.parametrize("lesson", _in_one_process(some(get_catalog().lessons)))
def test_lesson_gives_the_same_rows_on_every_engine(lesson, shelves_everywhere):
    size = _size_in_turn(lesson)
    proofs = [_prove_once(lesson, [shelves[size]]) for shelves in shelves_everywhere.values()]
    assert [str(fault) for fault in compare_engines(proofs)] == []


@pytest.mark.soak
@pytest.mark.prove
@pytest.mark.parametrize("lesson", LESSONS)
def test_lesson_gives_the_same_rows_on_every_engine_and_shelf(lesson, shelves_everywhere, build_another):
    for name in shelves_everywhere:
        _build_where_it_saves(lesson, name, build_another)
    proofs = [_prove_once(lesson, [shelves[size] for size in SIZES]) for shelves in shelves_everywhere.values()]
    assert [str(fault) for fault in compare_engines(proofs)] == []


def _build_where_it_saves(lesson, engine_name, build):
    if lesson.saves_at:
        build(engine_name, lesson.saves_at)


def _size_in_turn(lesson):
    """The same on every engine: their rows are compared."""
    return SIZES[(crc32(lesson.path.encode()) + django.VERSION[0]) % 2]


def _check(lesson, engine, shelves):
    before = [engine.checksum(shelf.books) for shelf in shelves]
    proof = _prove_once(lesson, shelves)
    assert [str(fault) for fault in proof.faults] == []
    if shelves[-1].books == SIZES[-1]:  # some of what a lesson saves shows on the largest alone
        assert proof.unproved == []
    assert [engine.checksum(shelf.books) for shelf in shelves] == before


_proofs = {}  # by lesson and shelves


def _prove_once(lesson, shelves):
    key = lesson.path, *shelves
    if key not in _proofs:
        _proofs[key] = prove(lesson, shelves)
    return _proofs[key]
