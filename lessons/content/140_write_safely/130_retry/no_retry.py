from django.db import transaction
from django.db.models import F
from warehouse import pack

from library.models import Book


def order(basket):
    with transaction.atomic():
        for book_id in basket:
            Book.objects.filter(pk=book_id).update(stock=F("stock") - 1)
            pack(book_id)
    return "ordered"


def alice():
    return order([1, 2])


def bob():
    return order([2, 1])
