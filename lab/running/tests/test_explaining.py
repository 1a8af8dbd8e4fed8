import pytest

from lab.exceptions import LabError, NoStatement
from lab.recording.bounds import Bounds
from lab.recording.places import StackPlaces
from lab.running import explaining, loading, runner
from library.models import Book

THREE = """
from library.models import Book

def run():
    for book in Book.objects.order_by("pk")[:2]:
        yield book.author.name
"""


THREAD = """
from threading import Thread

from library.models import Book

def run():
    thread = Thread(target=Book.objects.count)
    thread.start()
    thread.join()
    return []
"""


@pytest.fixture
def explain(snippet):
    def explain(source, n, **options):
        run = snippet.load(source)["run"]
        return explaining.explain(run, n, shelf=snippet.shelf, places=StackPlaces(snippet.folder), **options)

    return explain


def test_statement_is_explained_by_its_number(explain, snippet):
    first, second = explain(THREE, 1), explain(THREE, 2)
    assert "library_book" in first.statement.sql
    assert first.plan.verdict == "Reads book row by row, as far as it has to."
    assert second.plan.verdict == "Jumps by primary key to one row of author."
    assert (second.statement.index, second.statement.count, second.statement.cause) == (2, 1, "foreign key access")
    assert snippet.text(second.statement.place) == "book.author"
    assert second.statement.has_parameters


def test_run_ends_in_place_of_the_statement(shelf, tmp_path):
    done = []

    def run():
        done.append("before")
        Book.objects.count()
        done.append("after")

    explaining.explain(run, 1, shelf=shelf, places=StackPlaces(tmp_path))
    assert done == ["before"]


def test_plan_is_kept_where_the_run_swallows_its_end(explain):
    explanation = explain(
        """
        from library.models import Book

        def run():
            for _ in range(3):
                try:
                    Book.objects.count()
                except BaseException:
                    pass
            return [1]
        """,
        2,
    )
    assert explanation.plan.nodes


def test_coroutine_is_explained(explain):
    explanation = explain(
        """
        from library.models import Book

        async def run():
            return [await Book.objects.acount(), await Book.objects.aget(pk=1) and 1]
        """,
        2,
    )
    assert explanation.plan.verdict == "Jumps by primary key to one row of book."


@pytest.mark.parametrize(
    ("n", "message"), [(0, "has 3 statements, and no number 0"), (4, "no number 4"), (5_000, "no number 5,000")]
)
def test_number_that_is_not_there(explain, n, message):
    with pytest.raises(NoStatement, match=message):
        explain(THREE, n)


def test_run_that_fails_or_is_stopped_before(explain):
    with pytest.raises(NoStatement, match="has no statements, and no number 1"):
        explain("def run():\n    1 / 0\n", 1)
    with pytest.raises(NoStatement, match="The run was stopped after 2 statements, before it got to number 3"):
        explain(THREE, 3, bounds=Bounds(queries=2))


def test_run_that_returns_no_rows_at_all(explain):
    with pytest.raises(NoStatement):
        explain("def run():\n    return None\n", 1)


def test_error_of_the_lab_is_raised(explain, snippet):
    snippet.shelf = type(snippet.shelf)(books=11)
    with pytest.raises(LabError, match="seed_library"):
        explain(THREE, 1)


def test_transaction_statement_has_a_reason_in_place_of_a_plan(explain):
    source = """
        from django.db import transaction
        from library.models import Genre

        def run():
            with transaction.atomic():
                Genre.objects.create(name="Maps")
    """
    begin, insert, commit = (explain(source, n, access="write") for n in (1, 2, 3))
    assert (begin.plan, begin.statement.kind) == (None, "transaction")
    assert "BEGIN is a transaction statement" in begin.reason
    assert insert.reason is None
    assert "ROLLBACK" in commit.reason or "COMMIT" in commit.reason


WRITING = """
from django.db import transaction
from library.models import Review

def run():
    with transaction.atomic():
        yield Review.objects.count()
        with transaction.atomic():
            Review.objects.filter(rating=1).delete()
        yield Review.objects.count()
"""


def test_explaining_changes_nothing(engine, engine_shelves, tmp_path):
    shelf = engine_shelves[10]
    run = loading.load(WRITING, str(tmp_path / "naive.py"))["run"]
    where = {"shelf": shelf, "places": StackPlaces(tmp_path), "access": "write"}
    before, checksum = runner.record(run, **where), shelf.engine.checksum(10)
    total = before.queries + before.transaction_statements
    explained = [explaining.explain(run, n, **where) for n in range(1, total + 1)]
    after = runner.record(run, **where)
    assert shelf.engine.checksum(10) == checksum
    assert [(g.sql, g.count, g.rows) for g in after.groups] == [(g.sql, g.count, g.rows) for g in before.groups]
    assert after.digest == before.digest
    planned = [explanation.plan is not None for explanation in explained]
    assert planned.count(True) == before.queries
    assert [e.statement.kind != "transaction" for e in explained] == planned


def test_statement_that_fails_has_its_reason(explain):
    explanation = explain(
        """
        from django.db import connection

        def run():
            connection.cursor().execute("SELECT title FROM nowhere")
        """,
        1,
    )
    assert explanation.reason == "SQLite gives no plan for it: no such table: nowhere"


def test_error_in_reading_a_plan_is_not_told_as_the_run_s(explain, monkeypatch):
    def broken(connection, statement):
        raise KeyError("a plan of a new kind")

    monkeypatch.setattr(explaining, "explain_statement", broken)
    source = """
        from library.models import Book

        def run():
            try:
                return [Book.objects.count()]
            except Exception:
                return []
        """
    with pytest.raises(KeyError, match="a plan of a new kind"):
        explain(source, 1)


@pytest.mark.parametrize("rows", ["[['Maps'], ['Mice']]", "([name] for name in ('Maps', 'Mice'))"])
def test_executemany_is_explained_by_its_first_row(explain, rows):
    explanation = explain(
        f"""
        from django.db import connection

        def run():
            connection.cursor().executemany("INSERT INTO library_genre (name) VALUES (%s)", {rows})
        """,
        1,
        access="write",
    )
    assert explanation.reason is None
    assert explanation.plan is not None
    assert explanation.statement.samples[0][0] == ["Maps"]


def test_statement_of_a_thread_is_explained_and_ends_it_quietly(explain, monkeypatch):
    failed = []
    monkeypatch.setattr("threading.excepthook", failed.append)
    assert explain(THREAD, 1).plan.verdict
    assert failed == []
