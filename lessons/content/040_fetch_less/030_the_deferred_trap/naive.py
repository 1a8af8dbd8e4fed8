from django.utils.text import Truncator

from library.models import Book


def run():
    for book in Book.objects.order_by("pk").only("title"):
        teaser = Truncator(book.description).words(12)
        yield book.title, teaser, book.pages
