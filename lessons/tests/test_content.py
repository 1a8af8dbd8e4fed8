"""Every lesson of the course keeps what it declares: the lessons are the test corpus.

The largest shelf takes most of the time: a quick run proves it on one engine in turn, and `.ci/run` on one Python.
"""

from zlib import crc32

import pytest

from lab.engines import get_engine
from lab.shelves import WRITE
from lessons.course.catalog import get_catalog
from lessons.course.contract import SIZES, Kind
from lessons.proof.proof import compare_engines, prove

# All tests of a lesson run in one process, which proves it once.
LESSONS = [
    pytest.param(lesson, id=lesson.path, marks=pytest.mark.xdist_group(lesson.path))
    for lesson in get_catalog().lessons
]


def test_every_folder_is_a_lesson():
    assert [str(fault) for fault in get_catalog().faults] == []


@pytest.mark.parametrize("lesson", LESSONS)
def test_lesson_keeps_its_promises(lesson, engine, engine_shelves):
    _check(lesson, engine, [engine_shelves[size] for size in SIZES[:-1]])


@pytest.mark.once
@pytest.mark.parametrize("lesson", LESSONS)
def test_lesson_keeps_its_promises_on_the_largest_shelf(lesson, engines_at_hand, shelves_at_hand):
    name = _engine_in_turn(lesson, engines_at_hand)
    _check(lesson, get_engine(name), [shelves_at_hand[name][SIZES[-1]]])


@pytest.mark.soak
@pytest.mark.prove
@pytest.mark.parametrize("lesson", LESSONS)
def test_lesson_keeps_its_promises_on_every_shelf(lesson, engine, engine_shelves):
    _check(lesson, engine, [engine_shelves[size] for size in SIZES])


@pytest.mark.parametrize("lesson", [each for each in LESSONS if each.values[0].kind is Kind.RUNS])
def test_lesson_runs_on_a_shelf_it_does_not_declare(lesson, shelves):
    assert [str(fault) for fault in prove(lesson, [shelves[37]]).faults] == []


@pytest.mark.parametrize("lesson", LESSONS)
def test_lesson_gives_the_same_rows_on_every_engine(lesson, shelves_everywhere):
    proofs = [
        _prove_once(lesson, [shelves[size] for size in SIZES[:-1]]) for shelves in shelves_everywhere.values()
    ]
    assert [str(fault) for fault in compare_engines(proofs)] == []


@pytest.mark.soak
@pytest.mark.prove
@pytest.mark.parametrize("lesson", LESSONS)
def test_lesson_gives_the_same_rows_on_every_engine_and_shelf(lesson, shelves_everywhere):
    proofs = [_prove_once(lesson, [shelves[size] for size in SIZES]) for shelves in shelves_everywhere.values()]
    assert [str(fault) for fault in compare_engines(proofs)] == []


def _engine_in_turn(lesson, engines_at_hand):
    names = [name for name in lesson.engines if name in engines_at_hand]
    if not names:
        pytest.skip(f"None of its engines is at hand: {', '.join(lesson.engines)}.")
    if lesson.access == WRITE and "time" in lesson.saves:
        return names[0]  # dozens of copies are timed, and SQLite's are cheap
    return names[crc32(lesson.path.encode()) % len(names)]


def _check(lesson, engine, shelves):
    before = [engine.checksum(shelf.books) for shelf in shelves]
    proof = _prove_once(lesson, shelves)
    assert [str(fault) for fault in proof.faults] == []
    if shelves[-1].books == SIZES[-1]:  # some of what a lesson saves shows on the largest alone
        assert proof.unproved == []
    assert [engine.checksum(shelf.books) for shelf in shelves] == before


_proofs = {}  # by lesson and largest shelf


def _prove_once(lesson, shelves):
    key = lesson.path, shelves[-1]
    if key not in _proofs:
        _proofs[key] = prove(lesson, shelves)
    return _proofs[key]
