from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from django.db import transaction
from supplier import CHANGED, new_price

from library.models import Book


def update_prices():
    with ThreadPoolExecutor(max_workers=4) as threads:
        prices = list(threads.map(new_price, CHANGED))
    with transaction.atomic():
        for book_id, price in zip(CHANGED, prices, strict=True):
            if not price:
                raise ValueError(f"Book {book_id} has no price.")
            Book.objects.filter(pk=book_id).update(price=price)


def run():
    with suppress(ValueError):
        update_prices()
    yield from Book.objects.filter(pk__in=CHANGED).order_by("pk").values_list("title", "price")
