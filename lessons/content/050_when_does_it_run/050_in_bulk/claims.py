from library.models import Author, Book


def one_query(log):
    """`Book.objects.in_bulk(ids)` is one query, however many ids."""
    return {
        "a hundred keys": _queries(log, range(1, 101)) == 1,
        "two thousand keys": _queries(log, range(1, 2001)) == 1,
    }


def an_entry_for_each(log):
    """`in_bulk()` returns a dict with an entry for each key that you pass."""
    book, author = Book.objects.order_by("pk")[0], Author.objects.order_by("pk")[0]
    capitals = author.email.upper()
    return {
        "a key that exists": book.pk in Book.objects.in_bulk([book.pk]),
        "a key without a row": -1 in Book.objects.in_bulk([book.pk, -1]),
        "a key that the queryset's own filter excludes": book.pk
        in Book.objects.exclude(pk=book.pk).in_bulk([book.pk]),
        "a key in text, as a session or JSON keeps it": str(book.pk) in Book.objects.in_bulk([str(book.pk)]),
        "an e-mail address in capitals": capitals in Author.objects.in_bulk([capitals], field_name="email"),
    }


def nothing_asked_nothing_fetched(log):
    """Pass no keys to `in_bulk()`, and it returns an empty dict without a query."""
    return {
        "an empty list": _queries(log, []) == 0,
        "`None`": _queries(log, None) == 0,
    }


def any_field(log):
    """With `field_name` the rows can be looked up by any field."""
    return {name: _can_look_up(name) for name in ("isbn", "title")}


def _queries(log, keys):
    before = len(log)
    Book.objects.in_bulk(keys)
    return len(log) - before


def _can_look_up(name):
    book = Book.objects.order_by("pk")[0]
    try:
        return Book.objects.in_bulk([getattr(book, name)], field_name=name) == {getattr(book, name): book}
    except ValueError:
        return False
