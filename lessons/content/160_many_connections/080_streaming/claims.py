from accident import lose_connection
from django.db import Error, OperationalError, close_old_connections, connection, transaction
from django.http import StreamingHttpResponse

from library.models import Book


def reading_keeps_nobody_waiting(log):
    """An export only reads, so a migration need not wait for its last line."""
    books = Book.objects.order_by("pk")
    stream = books.iterator(chunk_size=2)
    next(stream)
    found = {"`iterator()`, outside of `atomic()`": _can_alter()}
    stream.close()
    with transaction.atomic():
        stream = books.iterator(chunk_size=2)
        next(stream)
        found["`iterator()`, inside of `atomic()`"] = _can_alter()
        stream.close()
    list(books[:2])
    return found | {"between two pages by key": _can_alter()}


def django_connects_again(log):
    """If the connection is lost, Django opens a new one by itself."""
    Book.objects.count()
    lose_connection()
    found = {"for the query that meets it": _answers(), "for the next query": _answers()}
    close_old_connections()  # as Django does it before and after each request
    return found | {"for the next request": _answers()}


def atomic_covers_the_stream(log):
    """With `ATOMIC_REQUESTS`, or `atomic()` around the view, the lines of a stream are read in one transaction."""

    def lines():
        for title in Book.objects.order_by("pk").values_list("title", flat=True)[:2]:
            seen.append(connection.in_atomic_block)
            yield title

    seen = []
    with transaction.atomic():
        response = StreamingHttpResponse(lines())
    list(response)
    return all(seen)


def _can_alter():
    other = connection.copy()
    other.inc_thread_sharing()
    other.set_autocommit(False)
    try:
        with other.cursor() as cursor:
            cursor.execute("SET lock_timeout = '1s'")
            cursor.execute("ALTER TABLE library_book ADD COLUMN shelf_mark integer")
    except OperationalError:
        return False
    finally:
        other.rollback()
        other.close()
    return True


def _answers():
    try:
        return Book.objects.count() > 0
    except Error:
        return False
