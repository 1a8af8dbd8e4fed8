from aggregates import JSONArrayAgg
from django.db import DatabaseError, connection
from django.db.models import Aggregate, OuterRef, Q, Subquery, TextField, Value
from django.db.models.functions import Repeat

from library.models import Author, Book, Genre

LONG = 20_000


def two_at_once(log):
    """One query can collect the genres and the ratings of each book, with two aggregates."""
    books = Book.objects.all()
    genres = {book.pk: sorted(book.genres.values_list("name", flat=True)) for book in books}
    ratings = {book.pk: sorted(book.reviews.values_list("rating", flat=True)) for book in books}
    plain = books.annotate(names=JSONArrayAgg("genres__name"), ratings=JSONArrayAgg("reviews__rating"))
    distinct = books.annotate(
        names=JSONArrayAgg("genres__name", distinct=True), ratings=JSONArrayAgg("reviews__rating", distinct=True)
    )
    theirs = Genre.objects.filter(books=OuterRef("pk")).order_by().values("books")
    nested = books.annotate(
        names=Subquery(theirs.annotate(list=JSONArrayAgg("name")).values("list")),
        ratings=JSONArrayAgg("reviews__rating"),
    )
    return {
        "the genres": _lists(plain, "names") == genres,
        "the genres, with `distinct=True`": _lists(distinct, "names") == genres,
        "the ratings, with `distinct=True`": _lists(distinct, "ratings") == ratings,
        "both, with a subquery for one of them": _lists(nested, "names") == genres
        and _lists(nested, "ratings") == ratings,
    }


def a_filter_keeps_the_list(log):
    """`filter(genres__name="Poetry")` chooses the books, and each of them still lists all its genres."""
    poetry = Book.objects.filter(genres__name="Poetry")
    genres = {book.pk: sorted(book.genres.values_list("name", flat=True)) for book in poetry}
    names = JSONArrayAgg("genres__name")
    return {
        "`filter()`, then `annotate()`": _lists(poetry.annotate(names=names), "names") == genres,
        "`annotate()`, then `filter()`": _lists(
            Book.objects.annotate(names=names).filter(genres__name="Poetry"), "names"
        )
        == genres,
        "`filter(pk__in=…)` with a subquery": _lists(
            Book.objects.filter(pk__in=poetry.values("pk")).annotate(names=names), "names"
        )
        == genres,
    }


def nothing_is_empty(log):
    """For an author without books, the aggregate returns an empty text or an empty list."""
    authors = Author.objects.filter(books=None)
    annotated = authors.annotate(
        text=_joined("books__title"),
        array=JSONArrayAgg("books__title"),
        filtered=JSONArrayAgg("books__title", filter=Q(books__isnull=False)),
    ).first()
    return {
        "a text": annotated.text == "",
        "a JSON array": annotated.array == [],
        "a JSON array with `filter=Q(books__isnull=False)`": annotated.filtered == [],
    }


def any_length(log):
    """The database returns the whole text, however long the joined texts are."""
    names = Genre.objects.annotate(long=Repeat("name", LONG)).values("long")
    whole = LONG * sum(len(name) for name in Genre.objects.values_list("name", flat=True))
    return len(names.aggregate(text=_joined("long"))["text"]) >= whole


def a_missing_order_is_ignored(log):
    """On a database that cannot sort inside an aggregate, `StringAgg(order_by=…)` returns the names unsorted."""
    try:
        from django.db.models import StringAgg
    except ImportError:  # before Django 6.0: it takes a plain separator
        from django.contrib.postgres.aggregates import StringAgg

        separator = ";"
    else:
        separator = Value(";")
    names = StringAgg("genres__name", separator, order_by="genres__name")
    try:
        books = list(Book.objects.annotate(names=names))
    except DatabaseError:
        return False
    return any(book.names.split(";") != sorted(book.names.split(";")) for book in books)


def _joined(name):
    """What `StringAgg()` sends, for every Django."""
    postgresql = connection.vendor == "postgresql"
    template = "STRING_AGG(%(expressions)s, ',')" if postgresql else "GROUP_CONCAT(%(expressions)s)"
    return Aggregate(name, template=template, output_field=TextField())


def _lists(books, name):
    """Without the null that an outer join brings for a book that has none."""
    return {book.pk: sorted(value for value in getattr(book, name) if value is not None) for book in books}
