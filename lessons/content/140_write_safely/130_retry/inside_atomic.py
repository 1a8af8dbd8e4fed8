from functools import partial

from django.db import OperationalError, transaction
from django.db.models import F
from warehouse import pack

from library.models import Book


def order(basket):
    with transaction.atomic():
        for book_id in basket:
            Book.objects.filter(pk=book_id).update(stock=F("stock") - 1)
            transaction.on_commit(partial(pack, book_id))
    return "ordered"


def request(basket, attempts=3):
    with transaction.atomic():  # as ATOMIC_REQUESTS puts it around a view
        for _ in range(1, attempts):
            try:
                return order(basket)
            except OperationalError:
                continue
        return order(basket)


def alice():
    return request([1, 2])


def bob():
    return request([2, 1])
