from django.db import transaction

from library.models import Review


def reviews():
    return Review.objects.filter(book_id=1).count()


def alice():
    with transaction.atomic():
        return [reviews(), reviews()]


def bob():
    with transaction.atomic():
        Review.objects.create(book_id=1, customer_id=2, rating=5)


def carol():
    """Takes no part."""


def watch():
    return list(Review.objects.filter(book_id=1).order_by("pk").values("customer_id", "rating"))


def invariant(results):
    """One transaction asks twice: the same rows must answer."""
    first, second = results["alice"] or (0, 0)
    if first != second:
        return False, f"A phantom: Alice counted {first}, then {second}, in one transaction."
    return True, f"No phantom: Alice counted {first} both times."
