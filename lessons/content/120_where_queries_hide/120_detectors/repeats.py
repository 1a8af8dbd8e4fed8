from collections import Counter

from django.db import connection
from views import PAGES

from library.models import Book


class Repeats:
    """Counts each statement's text. Its parameters are not part of the text."""

    def __init__(self):
        self.seen = Counter()

    def __call__(self, execute, sql, params, many, context):
        self.seen[sql] += 1
        return execute(sql, params, many, context)


def check(page):
    """Give the page six books. No statement may run more than once."""
    repeats = Repeats()
    with connection.execute_wrapper(repeats):
        page(Book.objects.order_by("pk")[:6])
    return "passes" if max(repeats.seen.values()) == 1 else "fails"


def run():
    for page in PAGES:
        yield page.__name__, check(page)
