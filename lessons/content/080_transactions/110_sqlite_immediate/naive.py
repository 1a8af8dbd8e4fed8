from django.db import transaction

from library.models import Book


def sell():
    with transaction.atomic():
        book = Book.objects.only("stock").get(pk=1)
        book.stock -= 1
        book.save(update_fields=["stock"])
    return f"sold, {book.stock} left"


def alice():
    return sell()


def bob():
    return sell()
