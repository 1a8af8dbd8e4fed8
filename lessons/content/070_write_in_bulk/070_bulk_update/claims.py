from decimal import Decimal
from sqlite3 import SQLITE_LIMIT_VARIABLE_NUMBER
from time import perf_counter

from django.db import DatabaseError, connection, transaction

from library.models import Book

_LIMIT = 1_250  # of parameters in a statement; SQLite is delivered with 32,766, and the sum is the same


def one_query(log):
    """`bulk_update()` updates all objects in a single query."""
    return {
        "100 books": _updates(log, _books(100)) == 1,
        "350 books": _updates(log, _books(350)) == 1,
        "100 books, with `batch_size=50`": _updates(log, _books(100), batch_size=50) == 1,
    }


def much_faster_than_each(log):
    """`bulk_update()` is faster than a loop that saves each object."""
    books = _stored_books(100)
    fields = [field.name for field in Book._meta.concrete_fields if not field.primary_key]
    return {
        "one field, a transaction for each object": _is_faster(_save_each, books, ["stock"]),
        "one field, the loop in one transaction": _is_faster(_save_in_one_transaction, books, ["stock"]),
        "every field, the loop in one transaction": _is_faster(_save_in_one_transaction, books, fields),
    }


def new_in_3_2(log):
    """`bulk_update()` is available since Django 3.2."""
    return _NEW_IN["bulk_update"] == (3, 2)


def batches_fit(log):
    """Without `batch_size`, Django makes batches that the database accepts."""
    if connection.vendor != "sqlite":  # servers have no such limit: a few books will do
        return {name: _is_taken(_books(50), fields) for name, fields in _FIELDS.items()}
    connection.connection.setlimit(SQLITE_LIMIT_VARIABLE_NUMBER, _LIMIT)
    return {name: _is_taken(_books(260), fields) for name, fields in _FIELDS.items()}


def times_a_float(log):
    """`book.price *= 1.15` raises the price by fifteen percent."""
    book = Book.objects.order_by("pk")[0]
    price = book.price
    try:
        book.price *= 1.15
    except TypeError:
        return False
    return book.price == price * Decimal("1.15")


_NEW_IN = {"bulk_create": (1, 4), "bulk_update": (2, 2)}  # release notes; no Django that old runs here
_LONGEST = 2  # seconds of one comparison; three of them must come to their end in the time of a claim
_FIELDS = {"one field": ["stock"], "two fields": ["pages", "stock"]}


def _books(number):
    """Objects with a primary key of no row: the statement is the same, and nothing changes."""
    return [Book(pk=1_000_000 + i, price=9, pages=100, stock=1) for i in range(number)]


def _updates(log, books, **options):
    before = len(log)
    Book.objects.bulk_update(books, ["stock"], **options)
    return len(log) - before


def _is_taken(books, fields):
    try:
        Book.objects.bulk_update(books, fields)
    except DatabaseError:
        return False
    return True


def _stored_books(number):
    pattern = Book.objects.order_by("pk").values("title", "author_id", "publisher_id", "price", "pages")[0]
    return Book.objects.bulk_create([Book(**pattern, isbn=f"979{i:010}") for i in range(number)])


def _is_faster(loop, books, fields):
    """Whether a reader waits less for bulk_update() than for the loop: the best of some runs of each, in turn."""
    in_loop = in_bulk = float("inf")
    began = perf_counter()
    for runs in range(1, 41):
        in_loop = min(in_loop, _seconds(loop, books, fields))
        in_bulk = min(in_bulk, _seconds(_in_bulk, books, fields))
        is_clear = not 0.5 < in_bulk / in_loop < 2  # what is close takes more runs on a busy machine
        if runs >= 3 and (is_clear or perf_counter() - began > _LONGEST):
            break
    return in_bulk < in_loop


def _seconds(write, books, fields):
    for book in books:
        book.price, book.pages, book.stock = book.price + 1, book.pages + 1, book.stock + 1
    start = perf_counter()
    write(books, fields)
    return perf_counter() - start


def _in_bulk(books, fields):
    Book.objects.bulk_update(books, fields, batch_size=100)


def _save_each(books, fields):
    for book in books:
        book.save(update_fields=fields)


def _save_in_one_transaction(books, fields):
    with transaction.atomic():
        _save_each(books, fields)
