from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from django.db import connection, transaction
from supplier import CHANGED, new_price

from library.models import Book


def update_price(book_id):
    try:
        price = new_price(book_id)
        with transaction.atomic():
            if not price:
                raise ValueError(f"Book {book_id} has no price.")
            Book.objects.filter(pk=book_id).update(price=price)
    finally:
        connection.close()


@transaction.atomic
def update_prices():
    with ThreadPoolExecutor(max_workers=4) as threads:
        list(threads.map(update_price, CHANGED))


def run():
    with suppress(ValueError):
        update_prices()
    yield from Book.objects.filter(pk__in=CHANGED).order_by("pk").values_list("title", "price")
