from django.db import OperationalError, transaction
from django.db.models import F
from warehouse import pack

from library.models import Book


def order(basket):
    with transaction.atomic():
        for book_id in basket:
            Book.objects.filter(pk=book_id).update(stock=F("stock") - 1)
            pack(book_id)
    return "ordered"


def order_with_retry(basket):
    while True:
        try:
            return order(basket)
        except OperationalError:
            continue


def alice():
    return order_with_retry([1, 2])


def bob():
    return order_with_retry([2, 1])
