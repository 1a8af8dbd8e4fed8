from functools import partial

from django.db import transaction
from django.db.models import F
from retrying import in_a_transaction
from warehouse import pack

from library.models import Book


def order(basket):
    for book_id in basket:
        Book.objects.filter(pk=book_id).update(stock=F("stock") - 1)
        transaction.on_commit(partial(pack, book_id), robust=True)
    return "ordered"


def alice():
    return in_a_transaction(order, [1, 2])


def bob():
    return in_a_transaction(order, [2, 1])
