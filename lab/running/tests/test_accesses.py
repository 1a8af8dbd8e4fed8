import sys

import pytest
from django import VERSION
from django.template import engines

from lab.exceptions import NoAccesses
from lab.recording.bounds import Bounds
from lab.recording.entry_points import Answer
from lab.recording.places import StackPlaces
from lab.running.accesses import list_accesses

DATABASE, RESULT_CACHE, PREFETCH_CACHE, INSTANCE, NOTHING = Answer


@pytest.fixture
def traced(snippet):
    """Trace the run() of a source; a list of (underlined text, what, answered by, count, queries)."""

    def traced(source, **options):
        run = snippet.load(source)["run"]
        traced.accesses = list_accesses(run, shelf=snippet.shelf, places=StackPlaces(snippet.folder), **options)
        return [
            (
                access.place and snippet.text(access.place),
                access.what,
                access.answered_by,
                access.count,
                access.queries,
            )
            for access in traced.accesses
        ]

    return traced


READINGS = {
    "list(books)": ("iteration", DATABASE, RESULT_CACHE),
    "[*books]": ("iteration", DATABASE, RESULT_CACHE),
    "1 in books": ("iteration", DATABASE, RESULT_CACHE),
    "len(books)": ("len()", DATABASE, RESULT_CACHE),
    "bool(books)": ("bool()", DATABASE, RESULT_CACHE),
    "books[0]": ("index or slice", DATABASE, RESULT_CACHE),
    "books[::2]": ("index or slice", DATABASE, RESULT_CACHE),
    "repr(books)": ("repr()", DATABASE, RESULT_CACHE),
    "books.count()": ("count()", DATABASE, RESULT_CACHE),
    "books.exists()": ("exists()", DATABASE, RESULT_CACHE),
    "books.first()": ("first()", DATABASE, RESULT_CACHE),
    "books.contains(book)": ("contains()", DATABASE, RESULT_CACHE),
    "books.last()": ("last()", DATABASE, DATABASE),
    "books.latest('pk')": ("latest()", DATABASE, DATABASE),
    "books.get(pk=1)": ("get()", DATABASE, DATABASE),
    "books.aggregate(n=Count('pk'))": ("aggregate()", DATABASE, DATABASE),
    "books.in_bulk([1])": ("in_bulk()", DATABASE, DATABASE),
    "books.in_bulk([])": ("in_bulk()", NOTHING, NOTHING),
    "list(books.all())": ("iteration", DATABASE, DATABASE),
    "list(books.filter(pk__gt=3))": ("iteration", DATABASE, DATABASE),
    "list(books.none())": ("iteration", NOTHING, NOTHING),
    "len(books.filter(pk__in=[]))": ("len()", NOTHING, NOTHING),
    "list(books.iterator())": ("iterator()", DATABASE, DATABASE),
}


@pytest.mark.parametrize("expression", READINGS)
def test_reading_asks_the_database_and_a_fetched_queryset_may_answer(traced, expression):
    found = traced(f"""
        from django.db.models import Count
        from library.models import Book

        def run():
            book = Book(pk=1)
            books = Book.objects.order_by("pk")
            {expression}
            for _ in books: pass
            {expression}
            return [1]
    """)
    what, fresh, fetched = READINGS[expression]
    of_expression = [(access[1], access[2]) for access in found if access[0] == expression]
    assert of_expression == [(what, fresh), (what, fetched)]


@pytest.mark.parametrize(
    "expression", ["books[:2]", "books.all()", "books.exclude(pk=1)", "Author.books", "book.author_id"]
)
def test_building_and_plain_fields_are_no_access(traced, expression):
    found = traced(f"""
        from library.models import Author, Book

        def run():
            books = Book.objects.order_by("pk")
            book = books[0]
            {expression}
            return [1]
    """)
    assert found == [("books[0]", "index or slice", DATABASE, 1, 1)]


def test_loop_over_prefetched_querysets_is_one_group(traced):
    assert traced("""
        from library.models import Author

        def run():
            for _ in range(2):
                for author in Author.objects.prefetch_related("books"):
                    author.books.all()[:2]
                    for book in author.books.all():
                        book.author
                    author.books.count()
                    author.books.filter(pk=1).exists()
                    yield author.name
    """) == [
        ('Author.objects.prefetch_related("books")', "iteration", DATABASE, 2, 4),
        ("author.books.all()[:2]", "index or slice", PREFETCH_CACHE, 10, 0),
        ("author.books.all()", "iteration", PREFETCH_CACHE, 10, 0),
        ("author.books.count()", "count()", PREFETCH_CACHE, 10, 0),
        ("author.books.filter(pk=1).exists()", "exists()", DATABASE, 10, 10),
        ("book.author", "foreign key access", INSTANCE, 20, 0),
    ]


def test_many_to_many_prefetched(traced):
    assert [
        access[1:]
        for access in traced("""
        from library.models import Book

        def run():
            for book in Book.objects.prefetch_related("genres"):
                yield len(book.genres.all())
    """)
    ] == [("iteration", DATABASE, 1, 2), ("len()", PREFETCH_CACHE, 10, 0)]


def test_relation_of_an_instance(traced):
    assert traced("""
        from library.models import Book

        def run():
            for book in Book.objects.select_related("author").order_by("pk"):
                book.author
                book.publisher
                book.publisher
                yield book.editor and book.editor.name
    """) == [
        ('Book.objects.select_related("author").order_by("pk")', "iteration", DATABASE, 1, 1),
        ("book.author", "foreign key access", INSTANCE, 10, 0),
        ("book.publisher", "foreign key access", DATABASE, 10, 10),
        ("book.publisher", "foreign key access", INSTANCE, 10, 0),
        ("book.editor", "foreign key access", DATABASE, 7, 7),
        ("book.editor", "foreign key access", INSTANCE, 7, 0),
        ("book.editor", "foreign key access", NOTHING, 3, 0),
    ]


def test_one_to_one_in_both_directions(traced):
    assert traced("""
        from library.models import Author

        def run():
            author = Author.objects.get(pk=1)
            author.profile.author
            author.refresh_from_db()
            author.profile.author
            return [1]
    """) == [
        ("Author.objects.get(pk=1)", "get()", DATABASE, 1, 1),
        ("author.profile", "one-to-one access", DATABASE, 1, 1),
        ("author.profile.author", "one-to-one access", INSTANCE, 1, 0),
        ("author.refresh_from_db()", "refresh_from_db()", DATABASE, 1, 1),
        ("author.profile", "one-to-one access", DATABASE, 1, 1),
        ("author.profile.author", "one-to-one access", INSTANCE, 1, 0),
    ]


def test_deferred_field_asks_once(traced):
    assert traced("""
        from library.models import Book

        def run():
            book = Book.objects.only("title")[0]
            for _ in range(3):
                book.pages
            return [book.author]
    """) == [
        ('Book.objects.only("title")[0]', "index or slice", DATABASE, 1, 1),
        ("book.pages", "deferred field", DATABASE, 1, 1),
        ("book.author", "foreign key access", DATABASE, 1, 2),
    ]


def test_list_in_a_loop_counts_each_evaluation_once(traced):
    assert traced("""
        from library.models import Book

        def run():
            books = Book.objects.all()
            for _ in range(3):
                list(books)
                len(books)
            return [1]
    """) == [
        ("list(books)", "iteration", DATABASE, 1, 1),
        ("len(books)", "len()", RESULT_CACHE, 3, 0),
        ("list(books)", "iteration", RESULT_CACHE, 2, 0),
    ]


def test_lesson_code_that_the_orm_calls_back_has_accesses_of_its_own(traced):
    assert traced("""
        from library.models import Book

        def keys(books):
            for book in books:
                yield book.author.pk

        def run():
            books = Book.objects.all()[:2]
            return [len(Book.objects.in_bulk(keys(books)))]
    """) == [
        ("books", "iteration", DATABASE, 1, 1),
        ("book.author", "foreign key access", DATABASE, 2, 2),
        ("Book.objects.in_bulk(keys(books))", "in_bulk()", DATABASE, 1, 1),
    ]


def test_statements_without_an_entry_have_their_cause(traced):
    assert traced("""
        from django.db import connection

        def run():
            for n in range(3):
                connection.cursor().execute("SELECT %s", [n])
            return [1]
    """) == [('connection.cursor().execute("SELECT %s", [n])', "cursor", DATABASE, 3, 3)]


def test_access_by_no_line_of_the_lesson_has_no_place(traced):
    assert traced("""
        from library.models import Book

        def run():
            return Book.objects.values_list("title")
    """) == [(None, "iteration", DATABASE, 1, 1)]


if VERSION >= (6, 1):  # with fetch modes

    def test_blocked_access_is_answered_by_nobody(traced):
        assert traced("""
            from django.core.exceptions import FieldFetchBlocked
            from django.db.models import FETCH_RAISE
            from library.models import Book

            def run():
                try:
                    Book.objects.fetch_mode(FETCH_RAISE)[0].author
                except FieldFetchBlocked:
                    return [1]
        """) == [("Book.objects.fetch_mode(FETCH_RAISE)[0]", "index or slice", DATABASE, 1, 1)]


def test_writing_is_one_access_and_its_transaction_is_none(traced):
    assert traced(
        """
        from django.db import transaction
        from library.models import Book, Genre

        def run():
            with transaction.atomic():
                Genre.objects.get_or_create(name="Maps")
                Book.objects.filter(pk=1).delete()
                Book.objects.bulk_create([])
            return [1]
        """,
        access="write",
    )[0] == ('Genre.objects.get_or_create(name="Maps")', "get_or_create()", DATABASE, 1, 2)
    assert [(access.what, access.answered_by) for access in traced.accesses[1:]] == [
        ("delete()", DATABASE),
        ("bulk_create()", NOTHING),
    ]


TEMPLATE = """\
{% if books %}
{% for book in books %}
{{ book.author.name }} {{ books.0 }}
{% for genre in book.genres.all %}
{% empty %}
none
{% endfor %}
{% endfor %}
{{ books.count }}
{% endif %}
"""


def test_tags_of_a_template(traced, snippet, settings):
    folder = snippet.folder / "templates"
    folder.mkdir()
    (folder / "books.html").write_text(TEMPLATE)
    settings.TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [folder]}]
    assert engines.all()
    run = snippet.load("""
        from django.template.loader import render_to_string
        from library.models import Book

        def run():
            books = Book.objects.prefetch_related("genres")
            return render_to_string("books.html", {"books": books})
    """)["run"]
    accesses = list_accesses(run, shelf=snippet.shelf, places=StackPlaces(snippet.folder))
    assert {access.place.file for access in accesses} == {"templates/books.html"}
    assert [(a.place.line, a.what, a.answered_by, a.count, a.queries) for a in accesses] == [
        (1, "bool()", DATABASE, 1, 2),
        (2, "iteration", RESULT_CACHE, 1, 0),
        (3, "foreign key access", DATABASE, 10, 10),
        (3, "index or slice", RESULT_CACHE, 10, 0),
        (4, "iteration", PREFETCH_CACHE, 10, 0),
        (9, "count()", RESULT_CACHE, 1, 0),
    ]


def test_coroutine_shows_its_queries(traced):
    found = traced("""
        from library.models import Book

        async def run():
            return [book.pk async for book in Book.objects.all()] + [await Book.objects.acount()]
    """)
    assert [access[1:] for access in found] == [("iteration", DATABASE, 1, 1), ("count()", DATABASE, 1, 1)]


def test_indexes_and_statements_are_those_of_the_report(traced, snippet):
    source = """
        from library.models import Book

        def run():
            list(Book.objects.prefetch_related("genres", "reviews"))
            books = Book.objects.order_by("pk")
            for book in books:
                book.author
            return [len(books)]
    """
    traced(source)
    groups = {group.index for group in snippet.record(source).groups}
    assert [(access.index, access.statements) for access in traced.accesses] == [
        (1, (1, 2, 3)),
        (2, (4,)),
        (3, (5,)),
        (13, ()),
    ]
    assert {1, 2, 3, 4, 5} == groups


@pytest.mark.parametrize("end", ["return [1]", "1 / 0", "Book.objects.create()"])
def test_profile_function_is_restored(traced, end):
    def before(*event):
        """What a profiler of the reader's own would have set."""

    sys.setprofile(before)
    try:
        found = traced(f"""
            from library.models import Book

            def run():
                Book.objects.count()
                {end}
        """)
        assert sys.getprofile() is before
    finally:
        sys.setprofile(None)
    assert found[0] == ("Book.objects.count()", "count()", DATABASE, 1, 1)


ENDLESS = """
    from library.models import Book

    def run():
        books = Book.objects.all()
        while True:
            {}
"""


@pytest.mark.parametrize(
    ("access", "bounds", "reason"),
    [
        ("Book.objects.count()", {"queries": 3}, "stopped after 3 statements"),
        ("len(books)", {"seconds": 0.2}, "stopped after 0.2 seconds"),
        ("yield len(books)", {"rows": 2_000}, "stopped after 2,000 rows"),
    ],
)
def test_trace_ends_at_a_bound(traced, access, bounds, reason):
    with pytest.raises(NoAccesses, match=f"The traced run was {reason}"):
        traced(ENDLESS.format(access), bounds=Bounds(**bounds))
    assert sys.getprofile() is None
