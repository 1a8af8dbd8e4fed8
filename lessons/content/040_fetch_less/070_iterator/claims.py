from math import ceil

from library.models import Author, Book


def one_book_at_a_time(log):
    """`iterator()` fetches the rows one at a time."""
    chunks = {"as it stands": {}, "`chunk_size=2`": {"chunk_size": 2}, "`chunk_size=1`": {"chunk_size": 1}}
    return {name: _rows_at_the_first(log, _books().iterator(**chunk)) == 1 for name, chunk in chunks.items()}


def leaving_early(log):
    """If you leave a loop at the first book, Django has not fetched all the others."""
    return {
        "a loop over the queryset": _rows_at_the_first(log, _books()) < Book.objects.count(),
        "a loop over `.iterator(chunk_size=2)`": (
            _rows_at_the_first(log, _books().iterator(chunk_size=2)) < Book.objects.count()
        ),
    }


def chunk_size_is_optional(log):
    """`iterator()` works without `chunk_size`: the default is 2,000."""
    querysets = {
        "alone": _books(),
        "after `select_related()`": _books().select_related("author"),
        "after `prefetch_related()`": _books().prefetch_related("author"),
    }
    return {name: _can_iterate(queryset) for name, queryset in querysets.items()}


def a_prefetch_is_one_query(log):
    """`prefetch_related()` adds one query, however many books there are."""
    books, chunk = _books().prefetch_related("author"), 2
    queries = {"the whole queryset": _queries(log, books), "chunks": _queries(log, books.iterator(chunk))}
    return {
        "in a loop over the queryset": queries["the whole queryset"] == 2,
        "with `iterator()`": queries["chunks"] == 2,
        "with `iterator()`, one query for each chunk": queries["chunks"] == 1 + ceil(Book.objects.count() / chunk),
    }


def every_author_once(log):
    """A prefetch fetches each author once, even if the author wrote several books."""
    authors = Author.objects.filter(books__isnull=False).distinct().count()
    books = _books().prefetch_related("author")
    return {
        "in a loop over the queryset": _author_rows(log, books) == authors,
        "with `iterator(chunk_size=2)`": _author_rows(log, books.iterator(chunk_size=2)) == authors,
    }


def loaded_once(log):
    """When a queryset is loaded, looping over it again sends no query."""
    books = _books()
    list(books)
    return {
        "by a second loop over the queryset": _queries(log, books) == 0,
        "by `iterator()` of the same queryset": _queries(log, books.iterator()) == 0,
    }


def _books():
    return Book.objects.order_by("pk")


def _rows_at_the_first(log, books):
    next(iter(books))
    return log[-1].rows


def _can_iterate(queryset):
    try:
        next(queryset.iterator())
    except ValueError:
        return False
    return True


def _queries(log, books):
    before = len(log)
    list(books)
    return len(log) - before


def _author_rows(log, books):
    before = len(log)
    list(books)
    return sum(query.rows for query in log[before + 1 :])
