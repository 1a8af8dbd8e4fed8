import textwrap

import pytest
from django.template import engines


def test_place_attribute_that_fires(snippet):
    report = snippet.record("""
        from library.models import Book

        def run():
            for book in Book.objects.order_by("pk"):
                yield book.title, book.author.name
    """)
    assert snippet.marks(report) == [
        ('Book.objects.order_by("pk")', "iteration", 1),
        ("book.author", "foreign key access", 10),
    ]


@pytest.mark.parametrize(
    "loop",
    [
        "[book.author.name for book in Book.objects.all()]",
        "{book.author.name for book in Book.objects.all()}",
        "{book.pk: book.author.name for book in Book.objects.all()}",
        "list(book.author.name for book in Book.objects.all())",
    ],
)
def test_place_comprehension(snippet, loop):
    report = snippet.record(f"""
        from library.models import Book

        def run():
            return [len({loop})]
    """)
    assert snippet.marks(report) == [
        ("Book.objects.all()", "iteration", 1),
        ("book.author", "foreign key access", 10),
    ]


def test_place_lambda_and_helper(snippet):
    report = snippet.record("""
        from library.models import Book

        def author_of(book):
            return book.author.name

        def run():
            books = list(Book.objects.all())
            yield from map(lambda book: author_of(book), books)
    """)
    assert snippet.marks(report) == [
        ("list(Book.objects.all())", "iteration", 1),
        ("book.author", "foreign key access", 10),
    ]
    assert report.groups[1].place.line == 4


def test_place_columns_count_characters(snippet):
    report = snippet.record("""
        from library.models import Book

        def run():
            book = Book.objects.get(pk=1)
            return [("Ærø · 本棚", book.author.name)]
    """)
    assert snippet.text(report.groups[1].place) == "book.author"


def test_place_of_a_property_of_the_model_is_the_lesson_line(snippet):
    report = snippet.record("""
        from library.models import Sale

        def run():
            sale = Sale.objects.get(pk=1)
            return [str(sale.book)]
    """)
    assert snippet.marks(report)[1] == ("sale.book", "foreign key access", 1)


def test_place_of_a_call_that_python_specialises_stays_one_group(snippet):
    report = snippet.record("""
        from library.models import Author

        def run():
            for author in Author.objects.order_by("pk"):
                for _ in range(20):
                    yield len(author.books.all())
    """)
    assert [group.count for group in report.groups] == [1, 100]


def test_place_several_lines(snippet):
    report = snippet.record("""
        from library.models import Book

        def run():
            for book in (
                Book.objects
                .order_by("pk")
            ):
                yield book.title
    """)
    place = report.groups[0].place
    assert (place.line, place.end_line) == (5, 6)


def test_place_with_atomic(snippet):
    report = snippet.record("""
        from django.db import transaction

        def run():
            with transaction.atomic():
                pass
            return [1]
    """)
    assert {snippet.text(group.place) for group in report.groups} == {"transaction.atomic()"}


EXPRESSIONS = {
    "[1 for a in A for b in B]": ["A", "B"],
    "{1 for a in A if B}": ["A", "B"],
    "{1: a for a in [1] if a if not B}": ["B"],
    "list(1 for a in [1] for b in [A] for c in b if C)": ["b", "C"],
    "[1 for a, *b in [A]]": ["[A]"],
    "[1 for a in (A if B else C)]": ["B", "A if B else C"],
    "first, *rest = A": ["A"],
    "a = b, *c = A": ["A"],
    "a, (b, *c) = 1, A": ["A"],
    "for (b, *c) in A.values_list('pk', 'name'): pass": ["A.values_list('pk', 'name')"],
    "for b, *c in [A]:\n    pass": ["[A]"],
    "if A:\n    pass\nelif B:\n    pass": ["A"],
    "if not A:\n    pass\nelif B:\n    pass": ["A", "B"],
    "if not A or B and C:\n    pass": ["A", "B", "C"],
    "if (found := A):\n    pass": ["found := A"],
    "while not A:\n    break": ["A"],
    "while True:\n    if A: break": ["A"],
    "assert A": ["A"],
    "assert not A or B, 'none'": ["A", "B"],
    "a = 1 if A else 2": ["A"],
    "a = (1 if not A else 2 if B else 3)": ["A", "B"],
    "a = A and B": ["A"],
    "a = not A or not B": ["not A", "not B"],
    "for a in (A or B):\n    pass": ["A"],
    "a = [*A, *B]": ["*A", "*B"],
    "a = [*A]": ["[*A]"],
    "a = {*A, *B}": ["*A", "*B"],
    "print(*A, *B)": ["*A", "*B"],
    "a = f'{A} of {B}'": ["A", "B"],
    "match 1:\n    case 1 if A:\n        pass": ["A"],
    "with atomic(), atomic(savepoint=True):\n    pass": [
        "atomic()",
        "atomic(savepoint=True)",
        "atomic(savepoint=True)",
        "atomic()",
    ],
}


@pytest.mark.parametrize("statement", EXPRESSIONS)
def test_place_is_the_expression_that_asks(snippet, statement):
    """On every Python the same: on 3.11 many of them have the span of the whole statement."""
    report = snippet.record(f"""
        from django.db.transaction import atomic
        from library.models import Author, Book, Genre

        def run():
            A, B, C = Author.objects.filter(pk__lte=3), Book.objects.filter(pk__lte=3), Genre.objects.filter(pk__lte=3)
{textwrap.indent(statement, " " * 12)}
            return [1]
    """)
    assert [snippet.text(group.place) for group in report.groups] == EXPRESSIONS[statement]


@pytest.mark.parametrize(
    ("comprehension", "places"),
    [
        ("[1 async for a in A async for b in a.books.all()]", ["A", "a.books.all()"]),
        ("[1 for a in [1] async for b in B]", ["B"]),
        ("[1 async for a in A if await B.aexists()]", ["A", "await B.aexists()"]),
    ],
)
def test_place_is_the_asynchronous_expression_that_asks(snippet, comprehension, places):
    report = snippet.record(f"""
        from library.models import Author, Book

        async def run():
            A, B = Author.objects.filter(pk__lte=3), Book.objects.filter(pk__lte=3)
            return {comprehension}
    """)
    assert list(dict.fromkeys(snippet.text(group.place) for group in report.groups)) == places


def test_place_missing_where_no_line_of_the_lesson_runs(snippet):
    report = snippet.record("""
        from library.models import Book

        def run():
            return Book.objects.values_list("title")
    """)
    assert [group.place for group in report.groups] == [None]


TEMPLATES = {
    "base.html": "<ul>\n{% block list %}{% endblock list %}\n</ul>",
    "books.html": (
        '{% extends "base.html" %}\n{% block list %}\n{% for book in books %}\n{% include "book.html" %}\n'
        "{% endfor %}\n{% endblock list %}"
    ),
    "book.html": "<li>\n  {{ book.title }}\n  {{ book.author.name }}\n</li>",
}


@pytest.fixture
def templates(snippet, settings):
    """Write templates, on an engine with `debug` on or off."""

    def write(texts, *, debug):
        folder = snippet.folder / "templates"
        folder.mkdir()
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8")
        backend = "django.template.backends.django.DjangoTemplates"
        settings.TEMPLATES = [{"BACKEND": backend, "DIRS": [folder], "OPTIONS": {"debug": debug}}]
        assert engines.all()

    return write


RENDER = """
    from django.template.loader import render_to_string
    from library.models import Author, Book

    def run():
        return render_to_string("books.html", {"books": Book.objects.order_by("pk"), "authors": Author.objects.all()})
"""


@pytest.mark.parametrize("debug", [True, False])
def test_place_template_tag_through_extends_and_include(snippet, templates, debug):
    templates(TEMPLATES, debug=debug)
    report = snippet.record(RENDER)
    places = [
        (g.place.file, g.place.line, g.place.column, g.place.end_column, g.cause, g.count) for g in report.groups
    ]
    columns = [(0, 23), (2, 24)] if debug else [(None, None)] * 2
    assert places == [
        ("templates/books.html", 3, *columns[0], "iteration", 1),
        ("templates/book.html", 3, *columns[1], "foreign key access", 10),
    ]


ONE_LINE = {
    "{% for a in authors %}é {{ a.books.count }}, {{ a.books.count }} 本 {{ a.books.count }}{% endfor %}": [
        ("{% for a in authors %}", 1),
        ("{{ a.books.count }}", 5),
        ("{{ a.books.count }}", 5),
        ("{{ a.books.count }}", 5),
    ],
    "{# books #}{% if books.exists %}{{ books|length }}{% endif %}{% with n=books.count %}{% endwith %}": [
        ("{% if books.exists %}", 1),
        ("{{ books|length }}", 1),
    ],
    "\n\n  {% for a in authors %}{% for b in a.books.all %}{% endfor %}{% for b in a.books.all %}{% endfor %}{% endfor %}": [
        ("{% for a in authors %}", 1),
        ("{% for b in a.books.all %}", 5),
        ("{% for b in a.books.all %}", 5),
    ],
}


@pytest.mark.parametrize("text", ONE_LINE)
def test_place_of_each_tag_on_one_line(snippet, templates, text):
    templates({"books.html": text}, debug=True)
    report = snippet.record(RENDER)
    line = text.splitlines()[-1]
    marks = [(line[group.place.column : group.place.end_column], group.count) for group in report.groups]
    assert marks == ONE_LINE[text]
    assert len({group.place for group in report.groups}) == len(marks)
