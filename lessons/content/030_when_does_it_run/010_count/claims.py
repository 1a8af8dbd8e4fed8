from django.db.models import Count, Exists, OuterRef

from library.models import Author, Book


def cheaper_than_len(log):
    """Always prefer `count()` to `len()`: the database counts, and no rows are loaded."""
    books = Author.objects.prefetch_related("books").order_by("pk")[0].books
    return {
        "you need only the number": _cost(log, _count) < _cost(log, _len),
        "you need the rows as well": _cost(log, _count, list) < _cost(log, _len, list),
        "the rows are loaded already": _cost(log, list, _count) < _cost(log, list, _len),
        "the rows were prefetched": _cost(log, _count, of=books.all()) < _cost(log, _len, of=books.all()),
    }


def counted_once(log):
    """A queryset remembers its `count()`: the second call runs no query."""
    books = Book.objects.filter(is_published=True)
    books.count()
    books.count()
    return len(log) == 1


def nothing_but_the_number(log):
    """`count()` leaves out everything that does not change the number."""
    has_books = Exists(Book.objects.filter(author=OuterRef("pk")))
    return {
        "an order": "ORDER BY" not in _count_sql(log, Author.objects.order_by("country__name")),
        "the order of a slice": "ORDER BY" not in _count_sql(log, Author.objects.order_by("country__name")[:5]),
        "`select_related()`": " JOIN " not in _count_sql(log, Author.objects.select_related("country")),
        "an annotated subquery": "EXISTS" not in _count_sql(log, Author.objects.annotate(wrote=has_books)),
        "an annotated `Count`": "GROUP BY" not in _count_sql(log, Author.objects.annotate(n=Count("books"))),
    }


def _count(books):
    return books.count()


def _len(books):
    return len(books)


def _cost(log, *uses, of=None):
    """Queries, and the rows they fetched."""
    books = Book.objects.filter(is_published=True) if of is None else of
    before = len(log)
    for use in uses:
        use(books)
    return len(log) - before, sum(query.rows for query in list(log)[before:])


def _count_sql(log, queryset):
    queryset.count()
    return log[-1].sql
