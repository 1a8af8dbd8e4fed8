import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from django.db import connection, transaction
from locks import try_lock

from library.models import Book

BOTH = "alice bob alice bob alice bob alice bob"


def atomic_replaces_a_list(race):
    """`delete()` and `bulk_create()` inside `atomic()` replace a list safely."""
    return {
        "at the default level": race("naive", BOTH).kept,
        "at repeatable read": race("naive", BOTH, isolation="repeatable read").kept,
        "at serializable": race("naive", BOTH, isolation="serializable").kept,
    }


def it_ends_with_the_transaction(log):
    """A lock ends with the transaction in which you took it."""
    after = {}
    for how, rolls_back in {"COMMIT": False, "ROLLBACK": True}.items():
        lock = try_lock("job")
        with transaction.atomic():
            lock.__enter__()
            transaction.set_rollback(rolls_back)
        after[f"after the {how}"] = _others_get("job")
        lock.__exit__(None, None, None)
    lock = try_lock("job")
    lock.__enter__()
    connection.close()
    after["after the connection is closed"] = _others_get("job")
    return after


def it_protects_the_row(log):
    """With an advisory lock on book 1, nobody else can change book 1."""
    with try_lock("book 1"):
        return _elsewhere(lambda: Book.objects.filter(pk=1).update(stock=0)) == 0


def nobody_gets_it_twice(log):
    """While you hold the lock, a second call for it is told that it is taken."""
    with try_lock("job"):
        others = _others_get("job")
        with try_lock("job") as again:
            return {"from another connection": not others, "from the same connection": not again}


def hash_makes_a_key(log):
    """`hash(name)` gives the number that PostgreSQL wants for the name of a lock."""
    print_it = [sys.executable, "-c", "print(hash('bestsellers'))"]
    two = {subprocess.run(print_it, env={}, capture_output=True, check=True).stdout for _ in range(2)}
    return len(two) == 1


def _others_get(name):
    def get():
        with try_lock(name) as is_ours:
            return is_ours

    return _elsewhere(get)


def _elsewhere(function):
    """What a function returns on a thread, and so on a connection, of its own."""

    def call():
        try:
            return function()
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=1) as threads:
        return threads.submit(call).result()
