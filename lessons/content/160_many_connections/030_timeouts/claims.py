from contextlib import contextmanager
from time import sleep

from bounds import be_idle_at_most, run_at_most, wait_at_most
from django.db import DatabaseError, OperationalError, connection, connections, transaction
from setup import take_a_copy

from library.models import Book

_SETTING = {"postgresql": "lock_timeout", "mysql": "innodb_lock_wait_timeout"}


def set_local_ends_with_the_transaction(log):
    """`SET LOCAL` sets a timeout until the transaction ends."""
    name, before = _SETTING[connection.vendor], _lock_timeout()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL {name} = 7")
        is_set = _lock_timeout() != before
    return {"it is set inside": is_set, "it is as before after the COMMIT": _lock_timeout() == before}


def a_second_for_the_transaction(log):
    """With a statement timeout of one second, no transaction takes longer than a second."""
    try:
        with transaction.atomic():
            run_at_most(1)
            for _ in range(3):
                _sleep(0.4)
    except OperationalError:
        return True
    return False


def nothing_of_it_is_kept(log):
    """After a timeout nothing of the transaction is kept, wherever you catch the error."""
    return {
        "outside of `atomic()`": not _keeps(take_a_copy, inside=False),
        "inside of it, around an `update()`": not _keeps(take_a_copy, inside=True),
        "inside of it, around a `select_for_update()`": not _keeps(_lock, inside=True),
    }


def it_is_an_operational_error(log):
    """Whichever timeout ends your statement or transaction, Django raises an `OperationalError`."""
    with _changing(2):
        waited = _error_of(lambda: (wait_at_most(1), take_a_copy(2)))
    return {
        "it waited for a lock": isinstance(waited, OperationalError),
        "it ran too long": isinstance(_error_of(lambda: (run_at_most(1), _sleep(1.5))), OperationalError),
        "the transaction was idle": isinstance(_error_of_an_idle_one(), OperationalError),
    }


@contextmanager
def _changing(book_id):
    """Another connection has changed the book, and its transaction is open."""
    other = connection.copy()
    other.inc_thread_sharing()
    other.set_autocommit(False)
    try:
        with other.cursor() as cursor:
            cursor.execute("UPDATE library_book SET price = 9 WHERE id = %s", [book_id])
        yield
    finally:
        other.rollback()
        other.close()


def _lock(book_id):
    return Book.objects.select_for_update().get(pk=book_id)


def _keeps(ask_for, *, inside):
    """Whether the first book's stock stays changed, where the second one is locked by somebody else."""
    before = Book.objects.get(pk=1).stock
    with _changing(2):
        try:
            with transaction.atomic():
                wait_at_most(1)
                take_a_copy(1)
                try:
                    ask_for(2)
                except OperationalError:
                    if not inside:
                        raise
        except OperationalError:
            pass
    return Book.objects.get(pk=1).stock != before


def _error_of(action):
    try:
        with transaction.atomic():
            action()
    except DatabaseError as error:
        return error
    return None


def _error_of_an_idle_one():
    mine = connections["default"]
    connections["default"] = mine.copy()
    connection.inc_thread_sharing()
    try:
        be_idle_at_most(1)
        return _error_of(lambda: (take_a_copy(1), sleep(2), take_a_copy(1)))
    finally:
        connection.close()
        connections["default"] = mine


def _sleep(seconds):
    with connection.cursor() as cursor:
        cursor.execute("SELECT SLEEP(%s)" if connection.vendor == "mysql" else "SELECT pg_sleep(%s)", [seconds])
        cursor.fetchall()


def _lock_timeout():
    with connection.cursor() as cursor:
        name = _SETTING[connection.vendor]
        cursor.execute(f"SELECT @@{name}" if connection.vendor == "mysql" else f"SHOW {name}")
        return cursor.fetchone()[0]
