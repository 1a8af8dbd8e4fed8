from random import randrange

from library.models import Book


def pick():
    books = Book.objects.filter(is_published=True).order_by("pk")
    return books[randrange(books.count())]


def run():
    book = pick()
    yield "published", book.is_published
