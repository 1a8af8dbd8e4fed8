from bounds import be_idle_at_most
from django.db import transaction
from setup import give_up_after, take_a_copy

from library.models import Book


def order(basket):
    with transaction.atomic():
        for book_id in basket:
            take_a_copy(book_id)
    return "ordered"


def alice():
    be_idle_at_most(1)
    with transaction.atomic():
        Book.objects.filter(pk=2).update(price=9)
        # Here she asks the publisher's server for the next price, and waits for the answer.
    return "prices imported"


def bob():
    return order([1, 2])


def carol():
    give_up_after(5)
    return order([1])
