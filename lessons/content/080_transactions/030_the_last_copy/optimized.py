from datetime import UTC, datetime
from decimal import Decimal

from django.db import transaction

from library.models import Book, Sale

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def sell(customer_id):
    with transaction.atomic():
        book = Book.objects.only("stock").select_for_update().get(pk=1)
        if book.stock == 0:
            return "sold out"
        book.stock -= 1
        book.save(update_fields=["stock"])
        Sale.objects.create(book_id=1, customer_id=customer_id, quantity=1, amount=Decimal("29.99"), sold_at=NOON)
    return "sold"


def alice():
    return sell(customer_id=1)


def bob():
    return sell(customer_id=2)
