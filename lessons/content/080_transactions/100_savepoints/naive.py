from django.db import IntegrityError, transaction
from setup import Offer

from library.models import Book


def price_list():
    return Book.objects.order_by("pk").values_list("isbn", flat=True)


def run():
    with transaction.atomic():
        for isbn in price_list():
            try:
                with transaction.atomic():
                    Offer.objects.create(isbn=isbn)
            except IntegrityError:
                pass  # offered before
    return list(Offer.objects.order_by("isbn").values_list("isbn"))
