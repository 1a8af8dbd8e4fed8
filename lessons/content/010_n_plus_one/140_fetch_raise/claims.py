from django.core.exceptions import FieldError
from django.db import models
from django.template import Context, Template

from library.models import Author, Book


def no_query_gets_through(log):
    """With `FETCH_RAISE` on the queryset its objects run no query."""
    books, authors = Book.objects.all(), Author.objects.filter(books__isnull=False)
    touches = {
        "a foreign key": (_first(books), lambda book: book.author),
        "a one-to-one, from the other side": (_first(authors), lambda author: author.profile),
        "a deferred field": (_first(books.only("title")), lambda book: book.pages),
        "a foreign key of the joined author": (_first(books.select_related("author")), _country),
        "a foreign key of the prefetched author": (_first(books.prefetch_related("author")), _country),
        "a foreign key of a book from `author.books.all()`": (_first_book(authors), lambda book: book.publisher),
        "a foreign key of a book from `author.books.all()`, where `books` is prefetched": (
            _first_book(authors.prefetch_related("books")),
            lambda book: book.publisher,
        ),
        "a related manager": (_first(books), lambda book: list(book.genres.all())),
        "`refresh_from_db()`": (_first(books), lambda book: book.refresh_from_db()),
    }
    return {what: _runs_nothing(log, instance, touch) for what, (instance, touch) in touches.items()}


def templates_let_it_through(log):
    """With `FETCH_RAISE` a template raises the error wherever it reads a field that was not fetched."""
    sources = [
        "{{ book.author.name }}",
        '{{ book.author.name|default:"-" }}',
        "{% if book.author %}…",
        "{% if not book.author %}…",
        "{% if book.author and book.stock %}…",
        '{% if book.author.name != "" %}…',
    ]
    return {f"`{source}`": _is_raised_by(source) for source in sources}


def right_or_an_error(log):
    """With `FETCH_RAISE` a page either ends with an error or prints the same as without it."""
    template = Template("{% if book.publisher.name == house %}ours{% else %}theirs{% endif %}")
    book = Book.objects.order_by("pk")[0]
    house = book.publisher.name
    pages = [template.render(Context({"book": each, "house": house})) for each in (book, _first(Book.objects))]
    return pages[0] == pages[1]


def _first(queryset):
    rows = queryset.order_by("pk")
    if hasattr(rows, "fetch_mode"):  # Django >= 6.1
        rows = rows.fetch_mode(models.FETCH_RAISE)
    return rows[0]


def _first_book(authors):
    return _first(authors).books.all()[0]


def _country(book):
    return book.author.country


def _runs_nothing(log, instance, touch):
    before = len(log)
    try:
        touch(instance)
    except FieldError:  # FieldFetchBlocked is one
        pass
    return len(log) == before


def _is_raised_by(source):
    template = Template(source.replace("…", "yes{% endif %}"))
    try:
        template.render(Context({"book": _first(Book.objects)}))
    except FieldError:
        return True
    return False
