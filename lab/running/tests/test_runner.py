from concurrent.futures import ThreadPoolExecutor

import pytest

from lab.engines.tests.leftovers import leftovers
from lab.exceptions import Busy, LoadError, RowsError
from lab.recording.places import StackPlaces
from lab.recording.report import Wall
from lab.running import loading, runner
from lab.shelves import WRITE

COUNT_BOOKS = "from library.models import Book\ndef run():\n    return [Book.objects.count()]\n"


def test_load_runs_the_very_text(snippet):
    assert snippet.load("answer = 6 * 7")["answer"] == 42


@pytest.mark.parametrize("source", ["def run(:", "import nothing_of_this_name", "1 / 0"])
def test_load_names_the_file_and_the_fault(snippet, source):
    with pytest.raises(LoadError, match=r"naive\.py cannot be loaded"):
        snippet.load(source)


def test_load_refuses_a_query(snippet):
    with pytest.raises(LoadError, match=r"Move it into run\(\)"):
        snippet.load("from library.models import Book\nBOOKS = Book.objects.count()")


def test_run_sees_the_shelf(shelves, snippet):
    for size, shelf in shelves.items():
        snippet.shelf = shelf
        assert snippet.record(COUNT_BOOKS).preview == (size,)


def test_run_reading_may_not_write(snippet):
    report = snippet.record(
        "from library.models import Genre\ndef run():\n    Genre.objects.create(name='Maps')\n"
    )
    assert report.error_type == "UndeclaredWrite"
    assert 'access = "write" in lesson.toml' in report.error


def test_run_reading_may_not_write_and_keep_silent(snippet):
    report = snippet.record("""
        from library.models import Genre

        def run():
            try:
                Genre.objects.create(name="Maps")
            except Exception:
                pass
            return [1]
    """)
    assert report.error_type == "UndeclaredWrite"


@pytest.mark.parametrize("trick", ["cursor().execute('PRAGMA query_only = OFF')", "close()"])
def test_run_reading_may_not_lift_the_ban(snippet, trick):
    report = snippet.record(f"""
        from django.db import connection

        def run():
            connection.{trick}
            connection.cursor().execute("DELETE FROM library_review")
    """)
    assert report.error_type == "UndeclaredWrite"


def test_run_writing_leaves_the_shelf_as_it_was(snippet):
    before = snippet.shelf.engine.checksum(10)
    report = snippet.record(
        "from library.models import Book\ndef run():\n    Book.objects.all().delete()\n    return [Book.objects.count()]\n",
        access="write",
    )
    assert report.preview == (0,)
    assert snippet.shelf.engine.checksum(10) == before
    assert snippet.record(COUNT_BOOKS).preview == (10,)


def test_run_writing_is_in_autocommit(snippet):
    report = snippet.record(
        """
        from django.db import connection, transaction
        from library.models import Genre

        def run():
            done = []
            with transaction.atomic(durable=True):
                Genre.objects.create(name="Maps")
                transaction.on_commit(lambda: done.append("mailed"))
            return [connection.in_atomic_block, *done]
        """,
        access="write",
    )
    assert report.preview == (False, "mailed")


LEAVES = {
    "a cursor left open": "cursor = connection.cursor(); cursor.execute('SELECT * FROM library_book'); cursor.fetchone()",
    "an iterator half read": "next(Book.objects.iterator(chunk_size=1))",
    "an open transaction": "transaction.set_autocommit(False); Genre.objects.create(name='Maps')",
    "an error in a transaction": "transaction.atomic().__enter__(); Genre.objects.create(name='Maps'); 1 / 0",
    "a temporary table": "connection.cursor().execute('CREATE TEMP TABLE leftover (id)')",
}


@pytest.mark.parametrize("leaving", LEAVES)
def test_run_leaves_nothing_behind(snippet, leaving):
    report = snippet.record(
        f"""
        from django.db import connection, transaction
        from library.models import Book, Genre

        def run():
            {LEAVES[leaving]}
            return [1]
        """,
        access="write",
    )
    assert report.status in ("ok", "raised")
    assert not leftovers(snippet.shelf.engine)
    assert snippet.record(COUNT_BOOKS).preview == (10,)


def test_run_returns_rows_of_every_plain_kind(snippet):
    report = snippet.record("""
        import datetime, decimal, uuid

        def run():
            yield 1, "a", None, True, 2.5, decimal.Decimal("1.50"), datetime.date(2026, 1, 1), uuid.UUID(int=7)
            yield {"a": [1, 2], "b": {3}}
    """)
    assert (report.status, report.rows) == ("ok", 2)


def test_run_returning_objects_is_refused(snippet):
    with pytest.raises(RowsError, match=r"run\(\) gave a Book"):
        snippet.record("from library.models import Book\ndef run():\n    return list(Book.objects.all())\n")


def test_run_returning_text_keeps_it(snippet):
    report = snippet.record("def run():\n    return '<ul></ul>'\n")
    assert (report.rows, report.rendered) == (1, "<ul></ul>")


def test_preview_has_as_many_rows_as_asked_for(snippet):
    report = snippet.record("def run():\n    return range(5)\n", keep=3)
    assert (report.rows, report.preview) == (5, (0, 1, 2))


def test_run_awaits_a_coroutine(snippet):
    report = snippet.record("""
        from library.models import Book

        async def run():
            return [await Book.objects.acount(), [book.pk async for book in Book.objects.order_by("pk")[:2]]]
    """)
    assert report.preview == (10, [1, 2])
    assert report.queries == 2


def test_measure_times_unrecorded_runs(snippet):
    run = snippet.load(COUNT_BOOKS)["run"]
    wall = runner.measure(run, shelf=snippet.shelf, runs=3)
    assert wall.runs == 3
    assert 0 < wall.min <= wall.median <= wall.max


def test_measure_keeps_the_cold_run_apart(shelf, monkeypatch):
    times = iter([900, 3, 1, 2])
    monkeypatch.setattr(runner, "_time", lambda function: next(times))
    wall = runner.measure(lambda: [1], shelf=shelf, runs=3)
    assert wall == Wall(first=900, median=2, min=1, max=3, runs=3)


def test_clock_stops_for_each_pause(monkeypatch):
    times = iter([0, 10, 14, 20, 25, 30])
    monkeypatch.setattr(runner, "perf_counter_ns", lambda: next(times))
    clock = runner.Clock()
    for _ in range(2):
        with clock.paused():
            pass
    assert clock.stop() == 30 - 4 - 5


def test_measure_of_a_run_on_a_copy_needs_no_warm_one(snippet):
    wall = runner.measure(snippet.load(COUNT_BOOKS)["run"], shelf=snippet.shelf, access=WRITE, runs=0)
    assert wall.first == wall.median == wall.min == wall.max > 0


def test_runs_in_threads_do_not_meet(shelves, tmp_path):
    namespace = loading.load(COUNT_BOOKS, str(tmp_path / "naive.py"))

    def count(size):
        places = StackPlaces(tmp_path)
        return runner.record(namespace["run"], shelf=shelves[size], places=places).preview[0]

    sizes = [10, 100, 1_000] * 10
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(count, sizes)) == sizes


def test_too_many_runs_are_turned_away(snippet, full_house):
    with pytest.raises(Busy, match="Try again in a moment"):
        snippet.record(COUNT_BOOKS)
    full_house.close()
    assert snippet.record(COUNT_BOOKS).status == "ok"


def test_run_that_is_refused_gives_its_place_back(snippet, full_house):
    full_house.close()
    with pytest.raises(RowsError):
        snippet.record("def run():\n    return [object()]\n")
    assert snippet.record(COUNT_BOOKS).status == "ok"
