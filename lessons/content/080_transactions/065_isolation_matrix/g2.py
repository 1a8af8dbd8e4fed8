from django.db import transaction

from library.models import Review


def review_first(customer_id):
    with transaction.atomic():
        if not Review.objects.filter(book_id=1).exists():
            Review.objects.create(book_id=1, customer_id=customer_id, rating=5)


def alice():
    review_first(customer_id=1)


def bob():
    review_first(customer_id=2)


def carol():
    """Takes no part."""


def watch():
    return list(Review.objects.filter(book_id=1).order_by("pk").values("customer_id", "rating"))


def invariant():
    """A book gets a review only if it has none."""
    written = Review.objects.filter(book_id=1).count()
    if written > 1:
        return False, f"Write skew: {written} reviews, and each customer saw that there was none."
    return True, f"No write skew: {written} review."
