from datetime import UTC, datetime
from decimal import Decimal

from django.db import connection

from library.models import Book, Sale

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def give_up_after(seconds):
    """Wait no longer for a lock, as `OPTIONS` can say it for every connection of a site."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{seconds}s'")


def sell(book_id):
    Sale.objects.create(book_id=book_id, customer_id=1, quantity=1, amount=Decimal(10), sold_at=NOON)


def setup():
    """The book is by the first author, and nobody has bought it yet."""
    Book.objects.filter(pk=1).update(author=1, price=10)
    Sale.objects.filter(book=1).delete()
