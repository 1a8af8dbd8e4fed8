from django.db import connection
from django.test.utils import CaptureQueriesContext
from views import PAGES

from library.models import Book


def check(page):
    """Give the page one book, and let it run five queries."""
    with CaptureQueriesContext(connection) as queries:
        page(Book.objects.order_by("pk")[:1])
    return "passes" if len(queries) <= 5 else "fails"


def run():
    for page in PAGES:
        yield page.__name__, check(page)
