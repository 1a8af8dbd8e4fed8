from django.db import transaction
from pages import compute
from store import cache

from library.models import Book


def book_page():
    page = cache.get("book-1")
    if page is None:
        page = compute()
        cache.add("book-1", page, timeout=600)  # unless somebody has stored it
    return page


def store_page():
    cache.set("book-1", compute(), timeout=600)


def change_price(price):
    with transaction.atomic():
        Book.objects.filter(pk=1).update(price=price)
        transaction.on_commit(store_page)


def alice():
    return book_page()["price"]


def bob():
    change_price(5)
    return "changed"


def carol():
    change_price(7)
    return "changed"
