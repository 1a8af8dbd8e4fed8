import gc
from inspect import isgenerator

import pytest
from django.db import connections

from lab.recording.bounds import Bounds
from lab.recording.places import StackPlaces
from lab.recording.recorder import Recorder
from lab.running.loading import load
from lab.running.runner import examine, record


def test_recorder_raw_cursor_and_its_rows(snippet):
    report = snippet.record("""
        from django.db import connection

        def run():
            with connection.cursor() as cursor:
                cursor.execute("SELECT title FROM library_book WHERE id <= %s ORDER BY id", [4])
                first = cursor.fetchone()
                second = cursor.fetchmany(2)
                rest = list(cursor)
            return [first, *second, *rest]
    """)
    assert (report.queries, report.rows_fetched, report.rows) == (1, 4, 4)
    assert report.groups[0].samples == ([4],)


def test_recorder_executemany_is_one_statement(snippet):
    report = snippet.record(
        """
        from django.db import connection

        def run():
            with connection.cursor() as cursor:
                cursor.executemany("INSERT INTO library_genre (name) VALUES (%s)", [["Maps"], ["Myths"]])
                cursor.execute("SELECT name FROM library_genre WHERE name IN ('Maps', 'Myths')")
                return cursor.fetchall()
        """,
        access="write",
    )
    assert [(group.kind, group.rows, group.columns) for group in report.groups] == [
        ("insert", 0, 0),
        ("select", 2, 1),
    ]
    assert report.cells_fetched == 2


@pytest.mark.parametrize(
    ("queryset", "columns"),
    [
        ('Book.objects.only("title")', 2),
        ('Book.objects.values("title", "price", "pages")', 3),
        ('Book.objects.values_list("title", flat=True)', 1),
        ('Book.objects.only("title").iterator(chunk_size=3)', 2),
        ('Book.objects.select_related("author").only("title", "author__name")', 5),
    ],
)
def test_recorder_columns_and_cells_of_a_queryset(snippet, queryset, columns):
    report = snippet.record(f"""
        from library.models import Book

        def run():
            return [str(row) for row in {queryset}]
    """)
    assert [(group.rows, group.columns, group.cells) for group in report.groups] == [(10, columns, 10 * columns)]
    assert report.cells_fetched == 10 * columns


@pytest.mark.parametrize("fetch", ["fetchone()", "fetchmany(1)", "fetchall()", "__iter__().__next__()"])
def test_recorder_columns_of_a_raw_cursor(snippet, fetch):
    report = snippet.record(f"""
        from django.db import connection

        def run():
            with connection.cursor() as cursor:
                cursor.execute("SELECT title, pages, price FROM library_book WHERE id = 1")
                cursor.{fetch}
            return [1]
    """)
    assert [(group.rows, group.columns, group.cells) for group in report.groups] == [(1, 3, 3)]


def test_recorder_cells_add_up_over_executions_with_and_without_rows(snippet):
    report = snippet.record("""
        from library.models import Book

        def run():
            for pk in [-1, 1, 2]:
                yield list(Book.objects.filter(pk=pk).values_list("title", "pages"))
            yield Book.objects.count()
    """)
    assert [(group.count, group.rows, group.columns, group.cells) for group in report.groups] == [
        (3, 2, 2, 4),
        (1, 1, 1, 1),
    ]
    assert report.cells_fetched == 5


def test_recorder_nothing_fetched_has_no_columns(snippet):
    report = snippet.record("""
        from library.models import Book

        def run():
            return list(Book.objects.none().union(Book.objects.filter(pk=-1)))
    """)
    assert [(group.rows, group.columns) for group in report.groups] == [(0, 0)]
    assert report.cells_fetched == 0


def test_recorder_more_than_nine_thousand_queries(snippet):
    report = snippet.record("""
        from library.models import Genre

        def run():
            for _ in range(9_500):
                Genre.objects.count()
            return [1]
    """)
    assert report.queries == 9_500


def test_recorder_transaction_statements_are_marked_and_not_counted(snippet):
    report = snippet.record(
        """
        from django.db import transaction
        from library.models import Genre

        def run():
            with transaction.atomic():
                for name in ["Maps", "Myths"]:
                    with transaction.atomic():
                        Genre.objects.create(name=name)
            try:
                with transaction.atomic():
                    Genre.objects.create(name="Maps")
            except Exception:
                pass
            return [1]
        """,
        access="write",
    )
    statements = [(group.sql.split()[0], group.count) for group in report.groups if not group.is_query]
    assert statements == [
        ("BEGIN", 1),
        ("SAVEPOINT", 2),
        ("RELEASE", 2),
        ("COMMIT", 1),
        ("BEGIN", 1),
        ("ROLLBACK", 1),
    ]
    assert (report.queries, report.transaction_statements) == (3, 8)


def test_recorder_error_is_noted_on_its_statement(snippet):
    report = snippet.record("""
        from django.db import connection

        def run():
            connection.cursor().execute("SELECT title FROM nowhere")
    """)
    assert report.status == "raised"
    assert report.error_type == "OperationalError"
    assert "nowhere" in report.groups[0].error
    assert report.error_place.line == 4


def test_recorder_times_are_nanoseconds_that_add_up(snippet):
    report = snippet.record("""
        from library.models import Book

        def run():
            return [book.title for book in Book.objects.all()]
    """)
    group = report.groups[0]
    assert group.execute_ns > 0
    assert group.fetch_ns > 0
    assert report.database_ns + report.python_ns == report.wall_ns
    assert 0 < report.database_ns < report.wall_ns


def test_recorder_groups_by_statement_and_place(snippet):
    report = snippet.record("""
        from library.models import Book

        def run():
            for pk in [1, 2, 2]:
                yield Book.objects.get(pk=pk).title
            yield Book.objects.get(pk=1).title
    """)
    assert [(group.index, group.count, group.distinct) for group in report.groups] == [(1, 3, 2), (4, 1, 1)]


def test_recorder_leaves_the_connection_as_it_was(shelf):
    with shelf.open() as connection:
        before = dict(vars(connection))
        with pytest.raises(ZeroDivisionError), Recorder(connection, engine=shelf.engine, places=None):
            assert set(vars(connection)) > set(before)
            assert len(connection.execute_wrappers) == 1
            raise ZeroDivisionError
        assert vars(connection) == before
        assert connection.execute_wrappers == []


def test_recorder_logs_queries_only_when_asked(snippet, settings):
    settings.DEBUG = True
    report = snippet.record("""
        from django.db import connection
        from library.models import Genre

        def run():
            Genre.objects.count()
            yield len(connection.queries)
            connection.force_debug_cursor = True
            Genre.objects.count()
            yield len(connection.queries)
    """)
    assert report.preview == (0, 1)
    assert report.queries == 2


@pytest.mark.parametrize(
    ("bounds", "reason"),
    [
        (Bounds(queries=5), "stopped after 5 statements"),
        (Bounds(rows=12), "stopped after 12 rows"),
        (Bounds(seconds=0.05), "stopped after 0.05 seconds"),
    ],
)
def test_bound_stops_the_run_and_shows_what_was_recorded(snippet, bounds, reason):
    report = snippet.record(
        """
        from library.models import Book

        def run():
            while True:
                try:
                    yield list(Book.objects.values_list("title", flat=True))
                except Exception:
                    pass
        """,
        bounds=bounds,
    )
    assert (report.status, report.error) == ("stopped", reason)
    assert report.queries >= 1
    assert report.groups[0].place.line == 6


def test_bound_lets_so_many_statements_through(snippet):
    report = snippet.record(
        """
        from library.models import Book

        def run():
            for pk in range(9):
                yield Book.objects.filter(pk=pk).exists()
        """,
        bounds=Bounds(queries=5),
    )
    assert (report.status, report.queries) == ("stopped", 5)


def test_run_that_a_bound_ends_leaves_nothing_to_the_collector(snippet):
    """Such as a generator of rows, which would close its cursor long after its connection was closed."""
    gc.collect()
    gc.disable()
    try:
        report = snippet.record(
            """
            from library.models import Book

            def run():
                yield from Book.objects.prefetch_related("genres").iterator(chunk_size=2)
            """,
            bounds=Bounds(queries=1),
        )
        assert (report.status, report.queries) == ("stopped", 1)
        rows = [each for each in gc.get_objects() if isgenerator(each) and each.__name__ == "cursor_iter"]
        assert rows == []
    finally:
        gc.enable()


def test_bound_interrupts_one_long_statement(snippet):
    report = snippet.record(
        """
        from django.db import connection

        def run():
            with connection.cursor() as cursor:
                cursor.execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000000) SELECT max(i) FROM n")
                return cursor.fetchall()
        """,
        bounds=Bounds(seconds=0.2),
    )
    assert (report.status, report.error) == ("stopped", "stopped after 0.2 seconds")
    assert report.groups[0].error == "OperationalError: interrupted"


def test_bound_on_rows_returned_without_a_query(snippet):
    report = snippet.record("def run():\n    while True:\n        yield 1\n", bounds=Bounds(rows=5_000))
    assert (report.status, report.error) == ("stopped", "stopped after 5,000 rows")


def test_log_is_live_and_leaves_transactions_out(snippet):
    from lab.recording.places import StackPlaces

    claim = snippet.load("""
        from django.db import transaction
        from library.models import Book

        def claim(log):
            counts = [len(log)]
            with transaction.atomic():
                Book.objects.count()
                counts.append(len(log))
            return counts, "COUNT" in log[-1].sql, log[0].rows
    """)["claim"]
    report = examine(claim, shelf=snippet.shelf, places=StackPlaces(snippet.folder))
    assert report.result == ([0, 1], True, 1)
    assert report.transaction_statements == 2


def test_default_connection_is_back_after_any_end(snippet):
    before = connections["default"]
    for body in ("return [1]", "raise ValueError", "while True: Book.objects.count()"):
        snippet.record(f"from library.models import Book\ndef run():\n    {body}\n", bounds=Bounds(queries=3))
        assert connections["default"] is before


def test_recorder_rows_affected(engine_shelves, tmp_path):
    """As the driver counts them: RETURNING's when fetched, an UPDATE's also where nothing changes."""
    source = """
from django.db import connection
from django.db.models import F

from library.models import Book, Genre, Review

def run():
    Genre.objects.create(name="Maps")
    Genre.objects.bulk_create([Genre(name=name) for name in ("Maps", "Myths", "Moths")], ignore_conflicts=True)
    yield [Book.objects.filter(pk__lte=7).update(price=F("price"))]
    yield [Book.objects.filter(pk=0).update(price=1)]
    yield [Review.objects.filter(book__lte=7).delete()[0]]
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO library_genre (name) VALUES (%s)", [["Mice"], ["Men"]])
"""
    run = load(source, str(tmp_path / "naive.py"))["run"]
    report = record(run, shelf=engine_shelves[10], places=StackPlaces(tmp_path), access="write")
    matched, none, deleted = (row for (row,) in report.preview)
    affected = [group.affected for group in report.groups if group.is_write]
    assert affected == [1, 2, matched, none, deleted, 2] == [1, 2, 7, 0, deleted, 2]
    assert report.rows_affected == 12 + deleted
    assert all(group.affected == 0 for group in report.groups if not group.is_write)


def test_recorder_rows_affected_of_reads_are_none(engine_shelves, tmp_path):
    run = load(
        "from library.models import Book\nrun = lambda: list(Book.objects.values_list('pk'))\n", "naive.py"
    )["run"]
    report = record(run, shelf=engine_shelves[10], places=StackPlaces(tmp_path))
    assert (report.rows_affected, report.rows_fetched) == (0, 10)


def test_deadline_of_a_run_is_there_before_the_databases_own(shelf, monkeypatch):
    """A statement that SQLite has interrupted must be found to have reached it."""
    seen = []
    with shelf.open() as connection:
        recorder = Recorder(connection, engine=shelf.engine, places=None, bounds=Bounds(seconds=5))
        monkeypatch.setattr(
            type(shelf.engine),
            "interrupt",
            lambda engine, connection, seconds: seen.append((recorder.deadline, seconds)),
        )
        with recorder:
            pass
    assert seen == [(recorder.deadline, 5)]
    assert recorder.deadline > 0
