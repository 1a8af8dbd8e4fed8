import sys
import textwrap

import pytest

from lab.recording import coroutines
from lab.recording.bounds import Bounds
from lab.recording.places import StackPlaces
from lab.running import runner
from lab.running.explaining import explain


@pytest.fixture(autouse=True, params=["threads", "one thread"])
def threads(request, monkeypatch):
    """As on a server, and as in a browser."""
    monkeypatch.setattr(coroutines, "HAS_THREADS", request.param == "threads")


@pytest.fixture
def awaited(snippet):
    """Record a body of `async def run()`; the marks of its report."""

    def awaited(body, before="", **options):
        imports = (
            "import asyncio\nfrom asgiref.sync import sync_to_async\nfrom library.models import Author, Book\n"
        )
        run = "async def run():\n" + textwrap.indent(textwrap.dedent(body).strip("\n"), "    ")
        awaited.report = snippet.record(f"{imports}{textwrap.dedent(before)}\n{run}\n", **options)
        return snippet.marks(awaited.report)

    return awaited


CAUSES = {
    "await Book.objects.aget(pk=1)": "aget()",
    "await Book.objects.acount()": "acount()",
    "await Book.objects.afirst()": "afirst()",
    "await Book.objects.aexists()": "aexists()",
    "await Book.objects.ain_bulk([1, 2])": "ain_bulk()",
    "await author.books.acount()": "acount()",
    "await author.arefresh_from_db()": "arefresh_from_db()",
    "await sync_to_async(list)(Book.objects.all())": "iteration",
    "await sync_to_async(list)(author.books.all())": "related manager",
    "await sync_to_async(Book.objects.get)(pk=1)": "get()",
}


@pytest.mark.parametrize("expression", CAUSES)
def test_awaited_query_is_at_its_expression(awaited, expression):
    marks = awaited(f"""
        author = await Author.objects.aget(pk=1)
        {expression}
        return [1]
    """)
    assert marks[1] == (expression, CAUSES[expression], 1)


@pytest.mark.parametrize(
    ("queryset", "cause"),
    [
        ('Book.objects.order_by("pk")', "async iteration"),
        ("Book.objects.aiterator()", "aiterator()"),
        ("author.books.all()", "related manager"),
        ('author.books.values_list("pk")', "related manager"),
    ],
)
@pytest.mark.parametrize("form", ["loop", "comprehension", "generator", "nested"])
def test_async_iteration_is_at_what_it_loops_over(awaited, queryset, cause, form):
    loops = {
        "loop": f"""
            async for book in {queryset}:
                pass
        """,
        "comprehension": f"[book async for book in {queryset}]",
        "generator": f"await anext((book async for book in {queryset}), None)",
        "nested": f"[[book async for book in {queryset}] for _ in [1]]",
    }
    marks = awaited(f"author = await Author.objects.aget(pk=1)\n{textwrap.dedent(loops[form])}\nreturn [1]")
    assert marks[1] == (queryset, cause, 1)


def test_async_generator_as_run(snippet):
    report = snippet.record("""
        from library.models import Author, Book

        async def run():
            async for book in Book.objects.order_by("pk"):
                author = await Author.objects.aget(pk=book.author_id)
                yield book.title, author.name
    """)
    assert snippet.marks(report) == [
        ('Book.objects.order_by("pk")', "async iteration", 1),
        ("await Author.objects.aget(pk=book.author_id)", "aget()", 10),
    ]
    assert report.rows == 10


def test_innermost_coroutine_of_the_lesson(awaited):
    before = """
        async def books():
            async for book in Book.objects.order_by("pk"):
                yield book

        async def author_of(book):
            return await Author.objects.aget(pk=book.author_id)
    """
    marks = awaited("return [(await author_of(book)).name async for book in books()]", before)
    assert marks == [
        ('Book.objects.order_by("pk")', "async iteration", 1),
        ("await Author.objects.aget(pk=book.author_id)", "aget()", 10),
    ]


def test_sync_code_of_the_lesson_in_a_thread(awaited):
    before = """
        def author_of(book):
            return book.author.name
    """
    marks = awaited("return [await sync_to_async(author_of)(await Book.objects.aget(pk=1))]", before)
    assert marks[1] == ("book.author", "foreign key access", 1)


def test_gathered_coroutines_of_the_lesson_are_told_apart(awaited):
    before = """
        async def count_books():
            return await Book.objects.acount()

        async def count_authors():
            return await Author.objects.acount()
    """
    marks = awaited("return await asyncio.gather(count_books(), count_authors(), count_books())", before)
    assert sorted(marks) == [
        ("await Author.objects.acount()", "acount()", 1),
        ("await Book.objects.acount()", "acount()", 2),
    ]


@pytest.mark.parametrize(
    "gathering",
    [
        "await asyncio.gather(Book.objects.acount(), Author.objects.acount())",
        "[await task for task in [asyncio.create_task(Book.objects.acount())]]",
        "await asyncio.wait_for(asyncio.shield(Book.objects.acount()), 9)",
    ],
)
def test_task_of_the_orms_own_is_where_it_was_made(awaited, gathering):
    marks = awaited(f"return [{gathering}]")
    assert {cause for _, cause, _ in marks} == {"acount()"}
    assert {mark for mark, _, _ in marks} <= {
        gathering.removeprefix("await "),
        "asyncio.create_task(Book.objects.acount())",
        "asyncio.shield(Book.objects.acount())",
    }


def test_task_group(awaited):
    marks = awaited("""
        async with asyncio.TaskGroup() as group:
            group.create_task(Book.objects.acount())
            group.create_task(Author.objects.acount())
        return [1]
    """)
    assert sorted(marks) == [
        ("group.create_task(Author.objects.acount())", "acount()", 1),
        ("group.create_task(Book.objects.acount())", "acount()", 1),
    ]


def test_engines_find_the_line_too(snippet, engine_shelves):
    snippet.shelf = engine_shelves[10]
    report = snippet.record("""
        from library.models import Author, Book

        async def run():
            return [await Author.objects.aget(pk=book.author_id) and 1 async for book in Book.objects.aiterator()]
    """)
    assert snippet.marks(report) == [
        ("Book.objects.aiterator()", "aiterator()", 1),
        ("await Author.objects.aget(pk=book.author_id)", "aget()", 10),
    ]


def test_sync_query_is_refused_where_it_is_asked(snippet, engine_shelves):
    snippet.shelf = engine_shelves[10]
    report = snippet.record("""
        from library.models import Book

        async def run():
            return [book.author.name async for book in Book.objects.order_by("pk")]
    """)
    assert (report.status, report.error_type) == ("raised", "SynchronousOnlyOperation")
    assert snippet.text(report.error_place) == "book.author"
    assert report.queries == 1


@pytest.mark.parametrize(
    "reading",
    [
        "list(Book.objects.all())",
        "await asyncio.to_thread(list, Book.objects.all())",
        "await sync_to_async(list, thread_sensitive=False)(Book.objects.all())",
    ],
)
def test_every_thread_reaches_the_shelf_alone(awaited, monkeypatch, reading):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    marks = awaited(f"return [len({reading})]")
    assert awaited.report.preview == (10,)
    assert [(mark, count) for mark, _, count in marks] == [(reading, 1)]


@pytest.mark.parametrize(
    "loop",
    [
        "while True:\n    await Book.objects.acount()",
        "await asyncio.gather(*[Book.objects.acount() for _ in range(99)])",
        "await asyncio.gather(*[Book.objects.acount() for _ in range(99)], return_exceptions=True)",
        "async for _ in Author.objects.none(): pass\nfor _ in range(99):\n    await sync_to_async(list)(Book.objects.all())",
    ],
)
def test_bound_stops_coroutines(awaited, loop):
    awaited(f"{loop}\nreturn [1]", bounds=Bounds(queries=20))
    assert (awaited.report.status, awaited.report.error) == ("stopped", "stopped after 20 statements")
    assert awaited.report.queries == 20


def test_write_of_a_coroutine_is_refused_or_recorded(awaited):
    body = 'await Author.objects.filter(pk=1).aupdate(name="Ada")\nreturn [1]'
    awaited(body)
    assert awaited.report.error_type == "UndeclaredWrite"
    assert awaited(body, access="write") == [
        ('await Author.objects.filter(pk=1).aupdate(name="Ada")', "aupdate()", 1)
    ]


def test_coroutine_is_explained(snippet):
    run = snippet.load("""
        from library.models import Author, Book

        async def run():
            return [await Book.objects.acount(), await Author.objects.acount()]
    """)["run"]
    explanation = explain(run, 2, shelf=snippet.shelf, places=StackPlaces(snippet.folder))
    assert snippet.text(explanation.statement.place) == "await Author.objects.acount()"


def test_coroutine_is_measured(snippet):
    run = snippet.load("""
        from library.models import Book

        async def run():
            return [await Book.objects.acount()]
    """)["run"]
    assert runner.measure(run, shelf=snippet.shelf, runs=2).median > 0


def test_claim_may_be_a_coroutine(snippet):
    claim = snippet.load("""
        from library.models import Book

        async def claim(log):
            await Book.objects.acount()
            return len(log) == 1
    """)["claim"]
    report = runner.examine(claim, shelf=snippet.shelf, places=StackPlaces(snippet.folder))
    assert report.result is True
    assert snippet.marks(report) == [("await Book.objects.acount()", "acount()", 1)]


def test_run_leaves_no_task_to_the_next(awaited, snippet):
    awaited("return [await Book.objects.acount()]")
    report = snippet.record("""
        from library.models import Book

        def run():
            return Book.objects.values_list("title")
    """)
    assert [group.place for group in report.groups] == [None]


def test_wait_without_an_end_is_told_where_there_is_one_thread(awaited, monkeypatch):
    monkeypatch.setattr(coroutines, "HAS_THREADS", False)
    awaited("await asyncio.Event().wait()")
    assert awaited.report.error_type == "RuntimeError"
    assert "nothing is under way" in awaited.report.error


def test_thread_that_is_faster_than_who_awaits_it(snippet):
    """A turn of Python's lock as short as can be: the query may be sent before the coroutine has been suspended."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        report = snippet.record("""
            from asgiref.sync import sync_to_async
            from library.models import Book

            async def run():
                for _ in range(300):
                    await sync_to_async(Book.objects.count)()
                return [1]
        """)
    finally:
        sys.setswitchinterval(before)
    assert snippet.marks(report) == [("await sync_to_async(Book.objects.count)()", "count()", 300)]
