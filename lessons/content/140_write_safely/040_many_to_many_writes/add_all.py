from catalogue import shelved
from django.db import transaction

from library.models import Book


def run():
    with transaction.atomic():
        for book, genres in shelved():
            book.genres.clear()
            book.genres.add(*genres)
    return list(Book.objects.order_by("pk", "genres").values_list("title", "genres__name"))
