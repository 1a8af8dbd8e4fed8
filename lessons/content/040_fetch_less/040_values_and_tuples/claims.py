import json
import sys
from decimal import Decimal

from django.core.serializers.json import DjangoJSONEncoder

from library.models import Book


def no_instances(log):
    """`values()` and `values_list()` build no model objects. They give the columns that you name, and no other."""
    books = Book.objects.order_by("pk")
    rows = [books.values("title")[0], books.values_list("title")[0], books.values_list("title", flat=True)[0]]
    selected = {query.sql.partition(" FROM ")[0] for query in log}
    return [type(row) for row in rows] == [dict, tuple, str] and all(sql.count(",") == 0 for sql in selected)


def tuples_are_smaller(log):
    """A row from `values_list()` takes less memory than the same row from `values()`."""
    books = Book.objects.order_by("pk")
    rows = zip(books.values_list("title", "price"), books.values("title", "price"), strict=True)
    return all(sys.getsizeof(a_tuple) < sys.getsizeof(a_dictionary) for a_tuple, a_dictionary in rows)


def a_list_of_plain_values(log):
    """`values_list("title", "price")` returns a list of tuples such as ("Title A", 19.99), ready for JSON."""
    books = Book.objects.order_by("pk").values_list("title", "price")
    unasked = len(log) == 0
    _, price = books[0]
    return {
        "it is a list": isinstance(books, list),
        "it is fetched where it is written": not unasked,
        "its rows are tuples": all(isinstance(row, tuple) for row in books),
        "the price is a float": isinstance(price, float),
        "the price is a `Decimal`": isinstance(price, Decimal),
        "`json.dumps()` takes it": _encodes(books),
        "`json.dumps()` takes `list()` of it": _encodes(list(books)),
        "`json.dumps()` takes that list with Django's encoder": _encodes(list(books), cls=DjangoJSONEncoder),
    }


def a_new_choice_adds_columns(log):
    """A second `values()` adds to the columns of the first."""
    row = Book.objects.order_by("pk").values("title").values("price")[0]
    return set(row) == {"title", "price"}


def a_prefetch_is_refused(log):
    """`values()` after `prefetch_related()` raises an error, because it builds no objects to attach rows to."""
    try:
        list(Book.objects.prefetch_related("genres").values("title"))
    except (TypeError, ValueError):
        return True
    return False


def _encodes(value, **options):
    try:
        json.dumps(value, **options)
    except TypeError:
        return False
    return True
