from functools import partial
from uuid import uuid4

from django.db import transaction
from pages import compute
from store import cache

from library.models import Book


def new_version():
    return uuid4().hex


def book_page():
    version = cache.get_or_set("book-1-version", new_version, timeout=None)
    page = cache.get("book-1", version=version)
    if page is None:
        page = compute()
        cache.set("book-1", page, timeout=600, version=version)
    return page


def change_price(price):
    with transaction.atomic():
        Book.objects.filter(pk=1).update(price=price)
        transaction.on_commit(partial(cache.delete, "book-1-version"))


def alice():
    return book_page()["price"]


def bob():
    change_price(5)
    return "changed"


def carol():
    return book_page()["price"]
