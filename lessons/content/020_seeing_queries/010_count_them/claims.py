from django.db import connection, reset_queries, transaction
from django.test import TransactionTestCase
from django.test.utils import CaptureQueriesContext

from library.models import Book


def only_while_debug_is_on(log):
    """Django records queries only while `DEBUG` is on."""
    return {
        "in `connection.queries`": _recorded(Book.objects.exists) == 0,
        "in a block of `CaptureQueriesContext`": len(_captured(Book.objects.exists)) == 0,
        "in `assertNumQueries()`": not _passes(1, Book.objects.exists),
    }


def however_many(log):
    """`connection.queries` keeps every query, and `CaptureQueriesContext` counts every query of its block."""
    with CaptureQueriesContext(connection) as many, connection.cursor() as cursor:
        for _ in range(connection.queries_limit + 1):
            cursor.execute("SELECT 1")
    with CaptureQueriesContext(connection) as one_more:
        Book.objects.exists()
    return {
        "queries beyond `queries_limit` are kept": len(connection.queries_log) > connection.queries_limit,
        "a context counts more queries than the limit": _difference(many) > connection.queries_limit,
        "a context counts a query while the list is full": _difference(one_more) == 1,
    }


def queries_and_nothing_else(log):
    """`assertNumQueries(1)` passes if the code runs one query."""

    def in_a_transaction():
        with transaction.atomic():
            Book.objects.exists()

    def in_a_transaction_that_is_there():
        with transaction.atomic():
            with CaptureQueriesContext(connection) as inner:
                in_a_transaction()
        return inner

    return {
        "without `atomic()`": _passes(1, Book.objects.exists),
        "in an `atomic()` block, outside of another transaction": _passes(1, in_a_transaction),
        "in an `atomic()` block, in a `TestCase`": len(in_a_transaction_that_is_there()) == 1,
    }


def how_long_each_took(log):
    """`connection.queries` says exactly how long each query took."""
    [query] = _captured(Book.objects.exists)
    return {
        "as a number": not isinstance(query["time"], str),
        "finer than a millisecond": len(query["time"].partition(".")[2]) > 3,
    }


def _recorded(action):
    reset_queries()
    action()
    return len(connection.queries)


def _captured(action):
    with CaptureQueriesContext(connection) as queries:
        action()
    return queries


def _difference(context):
    """What `len(context)` goes by; asked of a full log, it warns."""
    return context.final_queries - context.initial_queries


def _passes(number, action):
    try:
        TransactionTestCase().assertNumQueries(number, action)
    except AssertionError:
        return False
    return True
