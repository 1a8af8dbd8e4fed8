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
    """Only the first reviewer of a book wins the prize."""
    written = Review.objects.filter(book_id=1).count()
    if written > 1:
        return False, f"An anti-dependency cycle: {written} reviews, and each author saw that there was none."
    return True, f"No anti-dependency cycle: {written} review."
