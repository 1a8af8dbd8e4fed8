from django.db import transaction
from django.db.models import F

from library.models import Book


def sell():
    with transaction.atomic():
        Book.objects.filter(pk=1).update(stock=F("stock") - 1)
        book = Book.objects.only("stock").get(pk=1)
    return f"sold, {book.stock} left"


def alice():
    return sell()


def bob():
    return sell()
