import pytest

from lab.shelves import Shelf
from lessons.course.catalog import get_catalog
from lessons.pages.runs.compare import make_comparison
from lessons.pages.runs.lab import make_lab
from lessons.runs.recording import one_recording
from lessons.runs.shelved import ShelvedLesson


@pytest.fixture
def lesson():
    return get_catalog().lesson("n_plus_one/forward_foreign_key")


@pytest.fixture
def pages(lesson, shelves):
    """Makes three pages of two runs, the last one on another shelf."""
    naive, optimized = lesson.variant("naive"), lesson.variant("optimized")

    def make():
        small, large = (ShelvedLesson(lesson=lesson, shelf=Shelf(books=books)) for books in (10, 100))
        return make_lab(large, naive), make_comparison(large, naive, optimized), make_lab(small, naive)

    return make


def test_pages_of_one_recording_show_the_same_run(pages):
    with one_recording():
        lab, comparison, small = pages()
    assert lab.report.groups == comparison.left.report.groups  # their times too
    assert comparison.right.report.queries == 1
    assert (lab.report.queries, small.report.queries) == (101, 11)


def test_each_of_them_keeps_as_many_rows_as_it_would_by_itself(pages):
    with one_recording():
        shared = pages()
    for ours, own in zip(shared, pages(), strict=True):
        left = [getattr(page, "left", page).report for page in (ours, own)]
        assert left[0].preview == left[1].preview


def test_each_visit_has_a_run_of_its_own_otherwise(pages):
    with one_recording():
        shared = pages()[0]
    assert len({lab.report.wall_ns for lab in (shared, pages()[0], pages()[0])}) == 3
