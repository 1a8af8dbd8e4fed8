import json
import subprocess
import sys
from pathlib import Path
from threading import Thread

from django.db import connection, transaction
from django.http import StreamingHttpResponse

from library.models import Author, Book, Country


def silk_in_two_steps(log):
    """To see queries with Silk, add it to the apps and to the middleware, and open `/silk/`."""
    return _silk("pages")


def silk_sees_every_query(log):
    """Silk shows all queries of a request, and runs none of its own on the page's data."""
    return _silk("queries")


def apm_tells_n_plus_one(log):
    """A monitoring service (APM) finds an N+1: within one request it sees the same statement again and again."""
    with _Seen() as loop:
        for book in Book.objects.order_by("pk")[:6]:
            book.author
    with _Seen() as batches:
        for size in range(1, 6):
            Author.objects.in_bulk(range(1, size + 1))
    return {
        "a loop over a foreign key: each query has the same text": loop.repeats == 6,
        "a loop of `in_bulk()` with lists of different lengths: each query has the same text": batches.repeats > 1,
    }


def every_statement_passes(log):
    """Everything that is sent to the database passes `execute_wrapper()`."""
    with _Seen() as queryset:
        list(Country.objects.all())
    with _Seen() as raw, connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    with _Seen() as block, transaction.atomic(), transaction.atomic():
        Country.objects.count()
    with _Seen() as chunks:
        fetched = len(list(Book.objects.iterator(chunk_size=2)))
    return {
        "a queryset": queryset.count == 1,
        "a cursor": raw.count == 1,
        "SAVEPOINT": block.begins_with("SAVEPOINT"),
        "BEGIN": block.begins_with("BEGIN"),
        "COMMIT": block.begins_with("COMMIT"),
        "each chunk of `iterator()`": chunks.count >= fetched / 2,
    }


def all_of_a_request(log):
    """A wrapper around the request sees every query of the request."""
    with _Seen() as block:
        Country.objects.count()
    with _Seen() as parent:
        thread = Thread(target=_ask_and_close)
        thread.start()
        thread.join()
    with _Seen() as middleware:
        response = StreamingHttpResponse(country.name for country in Country.objects.iterator())
    before = len(log)
    b"".join(response)
    streamed = len(log) - before
    return {
        "a query in the block": block.count == 1,
        "a query in a thread that the request starts": parent.count == 1,
        "a query of a streaming response": middleware.count == streamed,
    }


def the_inner_replaces_the_outer(log):
    """If one `execute_wrapper()` is inside another, only the inner one is called."""
    with _Seen() as outer, _Seen() as inner:
        Country.objects.count()
    return inner.count == 1 and outer.count == 0


class _Seen:
    """The statements that pass an execute_wrapper within the block."""

    def __enter__(self):
        self.statements = []
        self._block = connection.execute_wrapper(self._note)
        self._block.__enter__()
        return self

    def __exit__(self, *exception):
        self._block.__exit__(*exception)

    def _note(self, execute, sql, params, many, context):
        self.statements.append(sql)
        return execute(sql, params, many, context)

    @property
    def count(self):
        return len(self.statements)

    @property
    def repeats(self):
        """How often the commonest statement is there."""
        return max(map(self.statements.count, self.statements), default=0)

    def begins_with(self, word):
        return any(sql.startswith(word) for sql in self.statements)


def _ask_and_close():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    connection.close()


def _silk(question):
    """What a small site with Silk, in a process of its own, finds out."""
    script = Path(__file__).with_name("silk_site.py")
    answer = subprocess.run(
        [sys.executable, str(script), question], capture_output=True, text=True, timeout=60, check=True
    )
    return json.loads(answer.stdout)
