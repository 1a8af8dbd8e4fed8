"""Every lesson of the course keeps what it declares: the lessons are the test corpus."""

import pytest
from django.utils.html import escape

from lessons.course.catalog import get_catalog
from lessons.course.contract import SIZES
from lessons.pages.offered import offered_pages
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
    before = {size: engine.checksum(size) for size in engine_shelves}
    proof = _prove_once(lesson, engine_shelves)
    assert [str(fault) for fault in proof.faults] == []
    assert proof.unproved == []
    assert {size: engine.checksum(size) for size in engine_shelves} == before


_proofs = {}  # by lesson and engine


def _prove_once(lesson, shelves):
    key = lesson.path, shelves[10].engine_name
    if key not in _proofs:
        _proofs[key] = prove(lesson, [shelves[size] for size in SIZES])
    return _proofs[key]


@pytest.mark.parametrize("lesson", [each for each in LESSONS if not each.values[0].has_races])
def test_lesson_runs_on_a_shelf_it_does_not_declare(lesson, shelves):
    assert [str(fault) for fault in prove(lesson, [shelves[37]]).faults] == []


@pytest.mark.parametrize("lesson", LESSONS)
def test_lesson_gives_the_same_rows_on_every_engine(lesson, shelves_everywhere):
    proofs = [_prove_once(lesson, shelves) for shelves in shelves_everywhere.values()]
    assert [str(fault) for fault in compare_engines(proofs)] == []


@pytest.mark.parametrize("lesson", LESSONS)
def test_lesson_pages_can_be_read(lesson, shelves_at_hand, client):
    offered = [f"{page}/" for page in ("compare", "engines") if page in offered_pages(lesson)]
    pages = ["", "claims/", *offered, *(f"{variant.name}/" for variant in lesson.variants)]
    for page in pages:
        response = client.get(f"/lessons/{lesson.path}/{page}", {"books": 10})
        assert response.status_code == 200
        assert escape(lesson.title) in response.text
