import pytest

from lab.recording.bounds import Bounds
from lab.recording.report import Report, Status
from lab.running import runner
from lessons.course.catalog import get_catalog
from lessons.measured import scaling
from lessons.measured import series as found_in
from lessons.measured.passes import memory_of
from lessons.measured.scaling import NOT_RUN, latest_scaling
from lessons.measured.series import SeriesRunner
from lessons.runs.shelved import ShelvedLesson

CLAMPED = 'shown = Paginator(Book.objects.order_by("pk"), 25)'
UNLIKE = """\
def run(page=1):
    return [{rows}]
"""


@pytest.fixture
def series(paged_course, shelves):
    """Runs both variants on a shelf, and returns the Series."""

    def run(books=1_000):
        lesson = get_catalog().lesson("a_track/a_lesson")
        shelved = ShelvedLesson(lesson=lesson, shelf=shelves[books])
        record = ShelvedLesson.record
        return SeriesRunner(shelved=shelved, curve=lesson.curve, variants=lesson.variants, record=record).run()

    return run


def at(series):
    return [step.at for step in series.steps]


@pytest.mark.parametrize(("books", "last"), [(10, 1), (37, 2), (100, 10), (1_000, 100)])
def test_goes_as_far_as_the_shelf_has_pages(series, books, last):
    found = series(books)
    assert at(found) == [value for value in (1, 2, 5, 10, 20, 50, 100) if value <= last]
    assert found.end is None or found.ended == {"naive", "optimized"}


def test_each_run_is_given_its_page(series):
    steps = series().steps
    assert len(steps) == 7
    for step in steps:
        rows = [report.preview[0][0] for report in step.reports.values()]
        assert rows == [10 * step.at - 9] * 2


def test_page_that_is_not_there_is_on_no_curve(paged_course, series):
    """Page 50 of 40 is the last one again, and other than page 20."""
    paged_course.change("naive.py", 'shown = Paginator(Book.objects.order_by("pk"), 10)', CLAMPED)
    paged_course.write("optimized.py", (paged_course.folder / "naive.py").read_text())
    assert at(series()) == [1, 2, 5, 10, 20]


def test_end_of_one_variant_is_the_end(paged_course, series):
    paged_course.change("optimized.py", "return [", "return [] if page > 10 else [")
    found = series()
    assert at(found) == [1, 2, 5, 10]
    assert (found.end.at, found.ended) == (20, {"optimized"})


def test_goes_only_so_far_where_there_is_no_end(paged_course, series, monkeypatch):
    monkeypatch.setattr(found_in, "_MOST", 37)
    for name in ("naive.py", "optimized.py"):
        paged_course.write(name, UNLIKE.format(rows="page"))
    assert at(series(10)) == [1, 2, 5, 10, 20]


def test_declared_values_are_run_whatever_they_give(paged_course, series):
    paged_course.add("lesson.toml", "values = [3, 4, 700]\n")
    for name in ("naive.py", "optimized.py"):
        paged_course.write(name, UNLIKE.format(rows="1"))
    assert at(series(10)) == [3, 4, 700]


def test_nothing_more_is_run_where_all_fail(paged_course, series):
    for name in ("naive.py", "optimized.py"):
        paged_course.write(name, UNLIKE.format(rows="1 / (page - 5)"))
    assert at(series()) == [1, 2, 5]


def test_coroutine_gets_the_page(paged_course, series):
    paged_course.write(
        "naive.py",
        "from library.models import Book\n\n\nasync def run(*, page=1):\n"
        '    after = Book.objects.filter(pk__gt=10 * page - 10).order_by("pk")[:10]\n'
        "    return [(book.pk, book.title) async for book in after]\n",
    )
    assert at(series(100)) == [1, 2, 5, 10]


@pytest.fixture
def scaled(paged_course, shelves, monkeypatch):
    """Returns the points of both variants on the shelf of 100, each run once."""
    monkeypatch.setattr(scaling, "QUICK", 0)

    def scaled(**options):
        lesson = get_catalog().lesson("a_track/a_lesson")
        shelved = ShelvedLesson(lesson=lesson, shelf=shelves[100])
        return latest_scaling(shelved, lesson.variants, **options)

    return scaled


def test_every_page_has_a_point(scaled):
    naive, optimized = scaled().points
    assert [(point.at, point.queries, point.rows) for point in naive] == [(page, 2, 11) for page in (1, 2, 5, 10)]
    assert [(point.at, point.queries, point.rows) for point in optimized] == [
        (page, 1, 10) for page in (1, 2, 5, 10)
    ]


def test_no_page_is_run_after_a_stopped_one(paged_course, scaled, monkeypatch):
    monkeypatch.setattr(runner, "Bounds", lambda: Bounds(queries=3))
    paged_course.change("naive.py", "    return", "    [Book.objects.count() for _ in range(page)]\n    return")
    naive, optimized = scaled().points
    assert [point.status for point in naive] == ["ok", "stopped", NOT_RUN, NOT_RUN]
    assert naive[-1].error == "not run: page 2 was stopped already"
    assert all(point.is_result for point in optimized)


def test_lately_measured_is_not_measured_again_unless_the_values_are_others(paged_course, scaled):
    first = scaled()
    assert scaled() == first
    assert scaled(again=True).measured_at > first.measured_at
    paged_course.add("lesson.toml", "values = [1, 2, 3]\n")
    get_catalog.cache_clear()
    assert [point.at for point in scaled().points[0]] == [1, 2, 3]


def test_child_process_gives_it_to_run(paged_course, shelves):
    paged_course.write("naive.py", "def run(page=1):\n    return [len(bytearray(page))]\n")
    shelved = ShelvedLesson(lesson=get_catalog().lesson("a_track/a_lesson"), shelf=shelves[10])
    naive = shelved.lesson.variant("naive")
    assert memory_of(shelved.with_keywords(page=9_000_000), naive).python > 9_000_000
    assert memory_of(shelved, naive).python < 1_000_000


def test_page_is_run_several_times_as_long_as_that_is_quick(scaled, monkeypatch):
    walls = iter([9, 5, 7, 3, 1, 8, 2, 100, 100, 100, 300])

    def record(shelved, variant, *, template):
        name, page = variant.name, dict(shelved.keywords)["page"]
        wall = next(walls) if name == "naive" and page < 10 else scaling.QUICK
        return Report(status=Status.OK, rows=1, digest=f"{page}", wall_ns=wall)

    monkeypatch.setattr(scaling, "QUICK", 300)
    monkeypatch.setattr(ShelvedLesson, "record", record)
    assert [point.wall_ns for point in scaled().points[0]][:3] == [5, 100, 300]


def test_setup_is_run_once_for_all_pages(paged_course, scaled, tmp_path):
    """There may be much to prepare, where a list is long."""
    setups = tmp_path / "setups"
    paged_course.write(
        "setup.py",
        "from library.models import Book\n\n\ndef setup():\n    Book.objects.filter(pk=91).update(title='Only here')\n"
        f"    with open({str(setups)!r}, 'a') as file:\n        file.write('.')\n",
    )
    paged_course.change(
        "naive.py", "    return", "    assert page < 10 or shown[0].title == 'Only here'\n    return"
    )
    naive, _ = scaled().points
    assert [point.status for point in naive] == ["ok"] * 4
    assert setups.read_text() == "."
