from bisect import bisect_left
from collections import Counter

from library.models import Author, Book

_PUBLISHED = Book.objects.filter(is_published=True)


def one_row_is_read(log):
    """`order_by("?").first()` has a LIMIT 1, so the database reads one row."""
    return "sort" not in _plan(_PUBLISHED.order_by("?")[:1])


def every_book_is_as_likely(log):
    """Each published book is picked equally often."""
    keys = list(_PUBLISHED.order_by("pk").values_list("pk", flat=True))
    by_offset = Counter(_PUBLISHED.order_by("pk").values_list("pk", flat=True)[at] for at in range(len(keys)))
    next_keys = Counter(keys[bisect_left(keys, number)] for number in range(1, keys[-1] + 1))
    return {
        "a random offset": sorted(by_offset) == keys and set(by_offset.values()) == {1},
        "the next key after a random number": len(set(next_keys.values())) == 1,
    }


def one_shuffle(log):
    """A queryset with `order_by("?")` is shuffled once."""
    books = Book.objects.order_by("?")
    order = list(books)
    return {
        "the same queryset, looped over again": list(books) == order,
        "`books.all()`, or the same code in the next request": list(books.all()) == order,
    }


def distinct_compares_the_same(log):
    """`distinct()` compares the same columns, whatever the order."""
    authors = Author.objects.filter(books__pages__gte=60).distinct()
    columns = _columns(log, authors)
    return {
        '`order_by("name")`': _columns(log, authors.order_by("name")) == columns,
        '`order_by("?")`': _columns(log, authors.order_by("?")) == columns,
        '`order_by("books__pages")`': _columns(log, authors.order_by("books__pages")) == columns,
    }


def the_subquery_runs_once(log):
    """`filter(pk=books.order_by("?").values("pk")[:1])` finds exactly one book."""
    key = _PUBLISHED.order_by("?").values("pk")[:1]
    return "uncacheable" not in _plan(Book.objects.filter(pk=key))


def _columns(log, authors):
    list(authors)
    return log[-1].sql.partition(" FROM ")[0].count(",")


def _plan(books):
    """With one word for a sort: SQLite, PostgreSQL and MariaDB have their own."""
    return books.explain().lower().replace("b-tree for order by", "sort").replace("filesort", "sort")
