from django.db import NotSupportedError

from library.models import Author, Book


def one_query(log):
    """`Book.objects.in_bulk(keys)` runs one query, however many keys there are."""
    return {
        "a hundred keys": _queries(log, range(1, 101)) == 1,
        "two thousand keys": _queries(log, range(1, 2001)) == 1,
    }


def an_entry_for_each(log):
    """The dict that `in_bulk()` returns has every key that you passed."""
    book, author = Book.objects.order_by("pk")[0], Author.objects.order_by("pk")[0]
    capitals = author.email.upper()
    return {
        "a key that exists": book.pk in Book.objects.in_bulk([book.pk]),
        "a key without a row": -1 in Book.objects.in_bulk([book.pk, -1]),
        "a key whose row the queryset leaves out": book.pk in Book.objects.exclude(pk=book.pk).in_bulk([book.pk]),
        "a key as text, as a session or JSON keeps it": str(book.pk) in Book.objects.in_bulk([str(book.pk)]),
        "an e-mail address in capital letters": capitals in Author.objects.in_bulk([capitals], field_name="email"),
    }


def nothing_asked_nothing_fetched(log):
    """If you pass no keys, `in_bulk()` runs no query and returns an empty dict."""
    return {
        "an empty list": _queries(log, []) == 0,
        "`None`": _queries(log, None) == 0,
    }


def any_field(log):
    """With `field_name`, `in_bulk()` looks rows up by any field."""
    books = Book.objects.order_by()
    return {
        "a unique field: `isbn`": _can_look_up(books, "isbn"),
        "a field that is not unique: `title`": _can_look_up(books, "title"),
        '`title`, after `distinct("title")`': _can_look_up(books.distinct("title"), "title"),
    }


def _queries(log, keys):
    before = len(log)
    Book.objects.in_bulk(keys)
    return len(log) - before


def _can_look_up(books, name):
    book = Book.objects.order_by("pk")[0]
    try:
        return list(books.in_bulk([getattr(book, name)], field_name=name)) == [getattr(book, name)]
    except (ValueError, NotSupportedError):
        return False
