from functools import partial

from django.db import transaction
from pages import compute
from store import cache

from library.models import Book


def book_page():
    page = cache.get("book-1")
    if page is None:
        with transaction.atomic():
            Book.objects.select_for_update().get(pk=1)
            page = cache.get("book-1")  # somebody may have stored it while this reader waited
            if page is None:
                page = compute()
                cache.set("book-1", page, timeout=600)
    return page


def change_price(price):
    with transaction.atomic():
        Book.objects.filter(pk=1).update(price=price)
        transaction.on_commit(partial(cache.delete, "book-1"))


def alice():
    return book_page()["price"]


def bob():
    change_price(5)
    return "changed"


def carol():
    return book_page()["price"]
