from bounds import is_timeout, run_at_most
from django.db import OperationalError, transaction
from setup import give_up_after, take_a_copy

from library.models import Book


def order(basket):
    try:
        with transaction.atomic():
            run_at_most(1)
            for book_id in basket:
                take_a_copy(book_id)
    except OperationalError as error:
        if not is_timeout(error):
            raise
        return "Somebody else is changing this book. Please try again."
    return "ordered"


def alice():
    with transaction.atomic():
        Book.objects.filter(pk=2).update(price=9)
        # Here she asks the publisher's server for the next price, and waits for the answer.
    return "prices imported"


def bob():
    return order([1, 2])


def carol():
    give_up_after(5)
    return order([1])
