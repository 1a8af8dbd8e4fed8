from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from unittest import mock

from django.db import DatabaseError, OperationalError, connection, transaction
from retrying import in_a_transaction
from warehouse import pack, parcels

from library.models import Book

CROSSING = "alice bob alice bob alice bob bob bob"
LEVEL = "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE"


def only_conflicts(log):
    """An `OperationalError` comes from a conflict or a lost connection, and never from a mistake in the query."""
    return {
        "a column that is not there": not _is_operational("SELECT publisher FROM library_book"),
        "a table that is not there": not _is_operational("SELECT title FROM library_books"),
    }


def all_begins_anew(log):
    """The rollback takes back whatever the block has done, so a second attempt begins anew."""
    book = Book.objects.get(pk=1)
    in_memory = book.stock
    try:
        with transaction.atomic():
            book.stock -= 1
            book.save(update_fields=["stock"])
            pack(book.pk)
            transaction.on_commit(partial(pack, 2))
            raise OperationalError
    except OperationalError:
        pass
    return {
        "rows": Book.objects.get(pk=1).stock == in_memory,
        "objects that you have passed to the function": book.stock == in_memory,
        "calls of another system": 1 not in parcels,
        "calls by `on_commit()`": 2 not in parcels,
    }


def inside_is_enough(race):
    """In a view, put `try` and `atomic()` into a loop. It works with `ATOMIC_REQUESTS` too."""
    return {
        "after a deadlock": race("inside_atomic", CROSSING).kept,
        "at serializable": race("inside_atomic", CROSSING, isolation="serializable").kept,
    }


def only_what_is_not_committed(log):
    """A retry around `atomic()` runs the block again only if it was not committed."""
    return {
        "`on_commit(function)`, and the function meets a deadlock": _attempts(robust=False) == 1,
        "`on_commit(function, robust=True)`": _attempts(robust=True) == 1,
    }


def a_level_for_one_block(log):
    """To raise the isolation level for one block, send `SET TRANSACTION ISOLATION LEVEL …` first."""
    return {"as its first statement": _is_raised(inside=True), "before the block": _is_raised(inside=False)}


class _Deadlock(Exception):
    sqlstate = "40P01"


def _attempts(*, robust):
    """How often a transaction is run whose function of on_commit() fails each time."""
    attempts = []

    def meet_a_deadlock():
        raise OperationalError from _Deadlock()

    def sell():
        attempts.append(Book.objects.filter(pk=1).update(stock=5))
        transaction.on_commit(meet_a_deadlock, robust=robust)

    with mock.patch("django.db.backends.base.base.logger"), suppress(OperationalError):
        in_a_transaction(sell)
    return len(attempts)


def _is_operational(sql):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except OperationalError:
        return True
    except DatabaseError:
        return False
    return None


def _is_raised(*, inside):
    try:
        with connection.cursor() as cursor:
            if not inside:
                cursor.execute(LEVEL)
            with transaction.atomic():
                if inside:
                    cursor.execute(LEVEL)
                Book.objects.get(pk=1)
                return _is_serializable()
    except OperationalError:
        return False


def _is_serializable():
    """Whether the transaction under way is. On MariaDB a plain read locks then; SQLite has no levels."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SHOW transaction_isolation")
            return cursor.fetchone() == ("serializable",)
    with ThreadPoolExecutor(max_workers=1) as threads:
        return not threads.submit(_can_lock).result()


def _can_lock():
    try:
        with transaction.atomic():
            Book.objects.select_for_update(nowait=True).get(pk=1)
    except OperationalError:
        return False
    finally:
        connection.close()
    return True
