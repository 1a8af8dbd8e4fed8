from library.models import Author, Book


def one_query_for_each_name(log):
    """`prefetch_related()` adds one query for each name you give it."""
    books = Book.objects.order_by("pk")[:100]  # Django 5.2 cannot follow thousands of foreign keys on SQLite
    unread = Author.objects.filter(books=None).order_by("pk")
    return {
        "three names": _queries(log, books.prefetch_related("genres", "reviews", "sales")) == 3,
        "a name given twice": _queries(log, books.prefetch_related("genres", "genres")) == 2,
        "a path of two steps": _queries(log, books.prefetch_related("reviews__customer")) == 1,
        "a path and its own beginning": _queries(log, books.prefetch_related("reviews", "reviews__customer")) == 2,
        "a path that leads back": _queries(log, books.prefetch_related("reviews__book")) == 1,
        "a relation without rows": _queries(log, unread.prefetch_related("books")) == 1,
        "no book at all": _queries(log, Book.objects.filter(pk=0).prefetch_related("genres")) == 1,
    }


def unread_is_unpaid(log):
    """Querysets are lazy, so `prefetch_related()` fetches nothing for a relation that nobody reads."""
    list(Book.objects.prefetch_related("sales"))
    return len(log) == 1


def _queries(log, queryset):
    """Those that prefetching adds to the one for the list."""
    before = len(log)
    list(queryset)
    return len(log) - before - 1
