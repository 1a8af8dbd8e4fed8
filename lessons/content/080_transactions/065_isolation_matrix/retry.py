from django.db import OperationalError, transaction

from library.models import Book


def take_off_sale(edition):
    with transaction.atomic():
        editions = Book.objects.filter(pk__in=[1, 2]).order_by("pk").only("pk")
        if len(editions.filter(is_published=True)) < 2:
            return "stays on sale"
        Book.objects.filter(pk=edition).update(is_published=False)
    return "taken off sale"


def with_retries(change, *args, attempts=3):
    for _ in range(attempts - 1):
        try:
            return change(*args)
        except OperationalError:
            pass  # nothing of it was kept: decide again, from the start
    return change(*args)


def alice():
    return with_retries(take_off_sale, 1)


def bob():
    return with_retries(take_off_sale, 2)


def carol():
    """Takes no part."""
