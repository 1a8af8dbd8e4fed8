from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from library.models import Book


def the_query_is_what_is_sent(log):
    """`print(books.query)` prints the SQL that is sent. You can paste it into the database's own shell."""
    books = Book.objects.order_by("pk")
    return {
        "without parameters": _is_sent_as_printed(books),
        "with a number": _is_sent_as_printed(books.filter(pages=100)),
        "with a text": _is_sent_as_printed(books.filter(title="The Sea")),
        "with a date": _is_sent_as_printed(books.filter(published_on=date(2001, 1, 1))),
    }


def printed_is_fetched(log):
    """Once the prompt has looked at a queryset, the queryset has its rows, and the next line runs no query."""
    return {"after `repr()`": _is_fetched_by(repr, log), "after `len()`": _is_fetched_by(len, log)}


def printing_fetches_all(log):
    """Printing a queryset at the prompt fetches all of its rows."""
    repr(Book.objects.all())
    return "LIMIT" not in log[-1].sql


def an_instance_is_free(log):
    """Printing an object that you have, or its author, runs no query."""
    book = Book.objects.order_by("pk")[0]
    before = len(log)
    repr(book)
    plain = len(log) - before
    repr(book.author)
    author = len(log) - before - plain
    repr(book.author)
    return {
        "a book": plain == 0,
        "its author, the first time": author == 0,
        "its author, the second time": len(log) == before + plain + author,
    }


def _is_sent_as_printed(books):
    with CaptureQueriesContext(connection) as queries:
        list(books)
    return queries[0]["sql"] == str(books.query)


def _is_fetched_by(look, log):
    books = Book.objects.order_by("pk")
    look(books)
    before = len(log)
    list(books)
    return len(log) == before
