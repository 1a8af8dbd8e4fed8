import pytest

from lab.recording.bounds import Bounds
from lessons.course.reading import read_lesson
from lessons.proof import curve
from lessons.proof.findings import About
from lessons.proof.proof import prove
from lessons.proof.sentences import tell


@pytest.fixture
def faults(paged_course, shelves):
    """Prove the lesson on shelves, and return what is wrong with it, in sentences."""

    def faults(*sizes):
        proof = prove(read_lesson(paged_course.folder), [shelves[size] for size in sizes or (10, 1_000)])
        return tell(proof.faults, engines=["SQLite"])

    return faults


@pytest.mark.parametrize("sizes", [(10,), (37,), (10, 100, 1_000)])
def test_good_lesson_is_proved(faults, sizes):
    assert faults(*sizes) == []


def test_rows_are_compared_at_each_page(paged_course, faults):
    paged_course.change("optimized.py", "10 * page - 10", "min(10 * page - 10, 45)")
    [fault] = faults(100)
    assert fault.startswith(
        "a_track/a_lesson: naive and optimized at page 10 at 100 books on SQLite give different rows."
        " The first row that differs at 100 books is (91, "
    )
    assert ") in naive, and (46, " in fault
    assert fault.endswith("Make them equal, or say why they differ: correctness = … in [saves].")


def test_variant_that_ends_before_the_others_is_a_fault(paged_course, faults):
    """The curve would end there, and show nothing wrong."""
    paged_course.change("optimized.py", "return [", "return [] if page == 50 else [")
    [fault] = faults()
    assert "naive and optimized at page 50 at 1,000 books on SQLite give different rows." in fault


def test_all_variants_past_the_end_are_no_fault(paged_course, faults):
    paged_course.change("naive.py", "10).get_page", "25).get_page")
    paged_course.change("optimized.py", "10 * page - 10", "25 * page - 25")
    paged_course.change("optimized.py", "[:10]", "[:25]")
    assert faults() == []  # page 50 of 40 is the last one of naive, and none of optimized


def test_rows_that_differ_by_design_are_not_compared(paged_course, faults):
    paged_course.change("optimized.py", "10 * page - 10", "10 * page - 9")
    paged_course.add("lesson.toml", '\n[saves]\ncorrectness = "The first one is left out."\n')
    assert faults() == []


def test_run_that_fails_at_a_page(paged_course, faults):
    paged_course.change("naive.py", "get_page", "page")
    paged_course.change("optimized.py", "return [", "return [1 / (page - 5)] and [")
    naive, optimized = faults(100)
    assert naive.startswith("a_track/a_lesson: naive at page 20 on SQLite ends in EmptyPage: ")
    assert naive.endswith("Let run() return the last page, or no rows, for one that is not there.")
    assert "optimized at page 5 on SQLite ends in ZeroDivisionError: " in optimized


def test_run_that_is_stopped_at_a_page(paged_course, faults, monkeypatch):
    monkeypatch.setattr(curve, "BOUNDS", Bounds(queries=3))
    paged_course.change("naive.py", "    return", "    [Book.objects.count() for _ in range(page)]\n    return")
    paged_course.change("lesson.toml", "10 = 2\n100 = 2\n1000 = 2", "10 = 3\n100 = 3\n1000 = 3")
    assert "naive at page 2 on SQLite was stopped after 3 statements." in faults(100)[0]


def test_curve_that_does_not_depend_on_the_page(paged_course, faults):
    paged_course.change("naive.py", "get_page(page)", "get_page(1)")
    paged_course.change("optimized.py", "10 * page - 10", "0")
    [fault] = faults()
    assert "the curve at 1,000 books on SQLite has 1 of the 3 points that a curve needs" in fault
    assert ": nothing new comes after page 1 from naive and optimized." in fault
    assert "values = [1, 10, 100] in [curve]" in fault
    assert faults(100) == []  # too small a shelf to tell


def test_declared_values_need_no_other_rows(paged_course, faults):
    paged_course.change("naive.py", "get_page(page)", "get_page(1)")
    paged_course.change("optimized.py", "10 * page - 10", "0")
    paged_course.add("lesson.toml", "values = [1, 10, 100]\n")
    assert faults() == []


def test_variant_whose_outcome_is_an_error_is_left_out(paged_course, faults):
    paged_course.write("third.py", "def run(page=1):\n    raise TypeError\n")
    paged_course.add("lesson.toml", '\n[variants.third]\nraises = "TypeError"\n')
    paged_course.add("lesson.toml", "[variants.third.queries]\n10 = 0\n100 = 0\n1000 = 0\n")
    assert faults() == []


def test_curve_is_left_alone_where_runs_are_amiss(paged_course, shelves):
    paged_course.change("optimized.py", "page - 10", "page - 9")
    proof = prove(read_lesson(paged_course.folder), [shelves[10]])
    assert [fault.about for fault in proof.faults] == [About.ROWS]
    assert "page" not in str(proof.faults[0])
