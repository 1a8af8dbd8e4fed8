from django.db import transaction

from library.models import Review


def alice():
    with transaction.atomic():
        reviews = Review.objects.filter(book_id=1)
        return [reviews.count(), reviews.update(rating=1)]


def bob():
    with transaction.atomic():
        Review.objects.create(book_id=1, customer_id=2, rating=5)


def carol():
    """Takes no part."""


def watch():
    return list(Review.objects.filter(book_id=1).order_by("pk").values("customer_id", "rating"))


def invariant(results):
    """One transaction counts the reviews, then changes them: it must change those that it counted."""
    counted, changed = results["alice"] or (0, 0)
    if counted != changed:
        return False, f"A phantom: Alice counted {counted} and changed {changed}, in one transaction."
    return True, f"No phantom: Alice changed the {counted} that she counted."
