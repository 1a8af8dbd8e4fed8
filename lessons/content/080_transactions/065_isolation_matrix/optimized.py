from django.db import transaction

from library.models import Book


def take_off_sale(edition):
    with transaction.atomic():
        editions = Book.objects.filter(pk__in=[1, 2]).order_by("pk").only("pk")
        if len(editions.select_for_update().filter(is_published=True)) < 2:
            return "stays on sale"
        Book.objects.filter(pk=edition).update(is_published=False)
    return "taken off sale"


def alice():
    return take_off_sale(edition=1)


def bob():
    return take_off_sale(edition=2)


def carol():
    """Takes no part."""
