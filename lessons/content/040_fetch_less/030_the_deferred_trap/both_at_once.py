from django.utils.text import Truncator

from library.models import Book


def run():
    for book in Book.objects.order_by("pk").only("title"):
        book.refresh_from_db(fields=["description", "pages"])
        teaser = Truncator(book.description).words(12)
        yield book.title, teaser, book.pages
