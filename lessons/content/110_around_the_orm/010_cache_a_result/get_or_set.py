from django.core.cache import cache

from library.models import Book


def read_free_titles():
    return list(Book.objects.filter(price=0).values_list("title", flat=True))


def free_titles():
    return cache.get_or_set("free-titles", read_free_titles, timeout=600)


def run():
    return [(book.title, free_titles()) for book in Book.objects.order_by("pk")]
