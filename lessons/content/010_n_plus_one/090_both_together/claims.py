from django.db.models import Count

from library.models import Book


def two_queries(log):
    """`select_related("author").prefetch_related("genres")` takes two queries."""
    for book in Book.objects.select_related("author").prefetch_related("genres"):
        book.author, list(book.genres.all())
    return len(log) == 2


def order_does_not_matter(log):
    """The order in which you call the methods of a queryset makes no difference."""
    books = Book.objects.order_by("pk")
    long = {"pages__gt": 300}
    return {
        "`filter()` and `select_related()`": _same(
            log,
            lambda: books.filter(**long).select_related("author"),
            lambda: books.select_related("author").filter(**long),
        ),
        "`filter()` and `prefetch_related()`": _same(
            log,
            lambda: books.filter(**long).prefetch_related("genres"),
            lambda: books.prefetch_related("genres").filter(**long),
        ),
        "`order_by()` and `select_related()`": _same(
            log,
            lambda: books.order_by("title").select_related("author"),
            lambda: books.select_related("author").order_by("title"),
        ),
        "`values()` and `select_related()`": _same(
            log,
            lambda: books.values("title").select_related("author"),
            lambda: books.select_related("author").values("title"),
        ),
        "`values()` and `prefetch_related()`": _same(
            log,
            lambda: books.values("title").prefetch_related("genres"),
            lambda: books.prefetch_related("genres").values("title"),
        ),
        "a slice and `filter()`": _same(
            log,
            lambda: books[:5].filter(**long),
            lambda: books.filter(**long)[:5],
        ),
        "`annotate()` and `values()`": _same(
            log,
            lambda: Book.objects.values("publisher").annotate(books=Count("pk")),
            lambda: Book.objects.annotate(books=Count("pk")).values("publisher", "books"),
        ),
    }


def a_joined_step_is_prefetched_again(log):
    """`prefetch_related("author__books")` fetches the authors again, even if they are joined."""
    list(Book.objects.select_related("author").prefetch_related("author__books"))
    return len(log) > 2


def _same(log, one, other):
    """Whether both run the same statements, with the same parameters."""
    try:
        return _statements(log, one) == _statements(log, other)
    except TypeError:
        return False


def _statements(log, make):
    before = len(log)
    list(make())
    return [(query.sql, query.params) for query in log[before:]]
