import asyncio
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from decimal import Decimal

from asgiref.sync import async_to_sync, sync_to_async
from django.db import Error, close_old_connections, connection, transaction

from library.models import Book, Country

NEW = Decimal(77)
KILL = {"postgresql": "SELECT pg_terminate_backend(pg_backend_pid())", "mysql": "KILL CONNECTION_ID()"}
SITE = """
import gc, json, threading, weakref
import django
from django.conf import settings

settings.configure(DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}})
django.setup()
from django.db import connections

opened = []

def ask():
    connections["default"].ensure_connection()
    opened.append(weakref.ref(connections["default"]))

gc.disable()  # it would run at a moment of its own choice
thread = threading.Thread(target=ask)
thread.start()
thread.join()
at_once = opened[0]() is None
gc.collect()
print(json.dumps({"at once": at_once, "when Python collects its garbage": opened[0]() is None}))
"""


def atomic_covers_all_that_it_calls(log):
    """`atomic()` covers every query that the code in the block causes."""
    ways = {
        "a function": _change,
        "a thread": _in_a_thread(_change),
        "a thread, with a second `atomic()` there": _in_a_thread(transaction.atomic(_change)),
        "`async_to_sync()`, and `aupdate()` there": async_to_sync(_achange),
        "`asyncio.gather()` of two `aupdate()`": async_to_sync(_gather),
        "`asyncio.to_thread()`": async_to_sync(_to_thread),
        "`sync_to_async(…, thread_sensitive=False)`": async_to_sync(_in_any_thread),
    }
    return {name: _is_rolled_back(change) for name, change in ways.items()}


def a_thread_sees_what_was_saved(log):
    """A thread that the block starts sees what the block has saved."""
    with transaction.atomic():
        Country.objects.create(name="Utopia")
        within = _in_a_thread(_sees_utopia)()
    return {"inside the block": within, "after the block": _in_a_thread(_sees_utopia)()}


def a_broken_connection_is_replaced(log):
    """If a thread's connection breaks, the thread's next query opens a new one."""
    with ThreadPoolExecutor(max_workers=1) as threads:
        threads.submit(_break).result()
        first, second = (threads.submit(_can_ask).result() for _ in range(2))
        threads.submit(close_old_connections).result()
        third = threads.submit(_can_ask).result()
        threads.submit(close_old_connections).result()
    return {"the first query after it": first, "the second": second, "after `close_old_connections()`": third}


def it_ends_with_its_thread(log):
    """When a thread ends, its connection is closed."""
    site = [sys.executable, "-c", SITE]
    answer = subprocess.run(site, env={}, capture_output=True, text=True, check=True)
    return json.loads(answer.stdout)


def _is_rolled_back(change):
    before = Book.objects.values_list("price", flat=True).get(pk=1)
    with transaction.atomic():
        change()
        transaction.set_rollback(True)
    stays = Book.objects.filter(pk=1, price=NEW).exists()
    Book.objects.filter(pk=1).update(price=before)
    return not stays


def _change():
    Book.objects.filter(pk=1).update(price=NEW)


def _change_and_close():
    try:
        _change()
    finally:
        connection.close()


async def _achange():
    await Book.objects.filter(pk=1).aupdate(price=NEW)


async def _gather():
    await asyncio.gather(_achange(), _achange())


async def _to_thread():
    await asyncio.to_thread(_change_and_close)


async def _in_any_thread():
    await sync_to_async(_change_and_close, thread_sensitive=False)()


def _in_a_thread(function):
    def call():
        try:
            return function()
        finally:
            connection.close()

    def run():
        with ThreadPoolExecutor(max_workers=1) as threads:
            return threads.submit(call).result()

    return run


def _sees_utopia():
    return Country.objects.filter(name="Utopia").exists()


def _break():
    """As when the server is restarted, or ends a connection that was idle for too long."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":  # has no server
        connection.connection.close()
    else:
        with suppress(Error), connection.cursor() as cursor:
            cursor.execute(KILL[connection.vendor])


def _can_ask():
    try:
        return Book.objects.exists()
    except Error:
        return False
