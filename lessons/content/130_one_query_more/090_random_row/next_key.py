from random import randint

from django.db.models import Max

from library.models import Book


def pick():
    books = Book.objects.filter(is_published=True)
    last = books.aggregate(last=Max("pk"))["last"]
    return books.filter(pk__gte=randint(1, last)).order_by("pk").first()


def run():
    book = pick()
    yield "published", book.is_published
