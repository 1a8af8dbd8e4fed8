from django.db import connection
from django.test.utils import CaptureQueriesContext
from views import PAGES

from library.models import Book


def queries_of(page, books):
    with CaptureQueriesContext(connection) as queries:
        page(books)
    return len(queries)


def check(page):
    """Give the page two books, then six. It has to run equally many queries."""
    books = Book.objects.order_by("pk")
    return "passes" if queries_of(page, books[:2]) == queries_of(page, books[:6]) else "fails"


def run():
    for page in PAGES:
        yield page.__name__, check(page)
