import asyncio
from threading import get_ident
from time import perf_counter, sleep

from asgiref.sync import sync_to_async
from django.core.exceptions import SynchronousOnlyOperation
from django.db import connection, models, transaction
from django.db.models import aprefetch_related_objects

from library.models import Author, Book

_SLOW = 0.02  # seconds


async def each_call_wrapped(log):
    """Django's ORM is synchronous, so async code must wrap each call in `sync_to_async()`."""
    books = [book async for book in Book.objects.order_by("pk")[:3]]
    calls = {
        "to fetch a row": Author.objects.aget(pk=books[0].author_id),
        "to count": Book.objects.acount(),
        "to loop over a queryset": _loop(Book.objects.order_by("pk")),
        "to prefetch": aprefetch_related_objects(books, "author"),
        "for a cursor": _open_cursor(),
        "for a transaction": _begin(),
    }
    return {what: not await _works(call) for what, call in calls.items()}


async def rows_as_they_come(log):
    """`async for` gives the first row before the last one is fetched."""
    books = Book.objects.order_by("pk")
    fetched = [log[-1].rows async for _ in books]
    fetched_in_chunks = [log[-1].rows async for _ in books.aiterator(chunk_size=3)]
    return {
        "over a queryset": fetched[0] < len(fetched),
        "over its `aiterator()`": fetched_in_chunks[0] < len(fetched),
    }


async def blocks_the_loop(log):
    """A synchronous ORM call in a coroutine blocks the event loop while it runs."""
    book = await Book.objects.only("title").afirst()
    calls = {
        "`Book.objects.get()`": lambda: Book.objects.get(pk=1),
        "`list(Book.objects.all())`": lambda: list(Book.objects.all()),
        "`book.author`, not fetched": lambda: book.author,
        "`book.price`, deferred": lambda: book.price,
    }
    return {what: not _is_refused(call) for what, call in calls.items()} | {
        "one of them sent a query": len(log) > 1
    }


async def relations_are_closed(log):
    """In a coroutine, `book.author` and `author.books.all()` cannot be used."""
    joined = await Book.objects.select_related("author").afirst()
    author = await Author.objects.prefetch_related("books").afirst()
    plain = await Book.objects.afirst()
    peer = await _with_peers(Book.objects).afirst()
    return {
        "a foreign key that was joined": _is_refused(lambda: joined.author),
        "a foreign key that was not fetched": _is_refused(lambda: plain.author),
        "the same, with `FETCH_PEERS`": _is_refused(lambda: peer.author),
        "its key, `book.author_id`": _is_refused(lambda: plain.author_id),
        "a reverse relation that was prefetched": _is_refused(lambda: list(author.books.all())),
        "the same with a `filter()`": _is_refused(lambda: list(author.books.filter(price__gt=0))),
        "the same with a `filter()`, by `async for`": not await _works(_loop(author.books.filter(price__gt=0))),
    }


async def gathered_at_once(log):
    """`asyncio.gather()` runs queries at the same time, and takes no longer than the slowest one."""
    threads = set()

    def slow_down(execute, *arguments):
        threads.add(get_ident())
        sleep(_SLOW)
        return execute(*arguments)

    # In the thread that has the connection: the loop's own thread has another.
    await sync_to_async(lambda: connection.execute_wrappers.append(slow_down))()
    started = perf_counter()
    await asyncio.gather(Book.objects.acount(), Author.objects.acount(), Book.objects.aexists())
    return {
        "they are sent from several threads": len(threads) > 1,
        "three that are slow take no longer than two": perf_counter() - started < 2 * _SLOW,
    }


async def keeps_to_one_connection(log):
    """A function in `sync_to_async()` uses the connection of the request, which is closed at its end."""
    thread = await sync_to_async(get_ident)()
    return {
        "by itself": await sync_to_async(get_ident)() == thread,
        "with `thread_sensitive=False`": await sync_to_async(get_ident, thread_sensitive=False)() == thread,
    }


def _with_peers(books):
    """Before Django 6.1 there are no fetch modes."""
    return books.fetch_mode(models.FETCH_PEERS) if hasattr(models, "FETCH_PEERS") else books


async def _works(coroutine):
    try:
        await coroutine
    except (SynchronousOnlyOperation, TypeError):
        return False
    return True


async def _loop(books):
    async for _ in books:
        pass


async def _open_cursor():
    connection.cursor()


async def _begin():
    async with transaction.atomic():
        pass


def _is_refused(call):
    try:
        call()
    except SynchronousOnlyOperation:
        return True
    return False
