from django.db.models import FETCH_PEERS

from library.models import Book


def run():
    for book in Book.objects.order_by("pk").fetch_mode(FETCH_PEERS):
        yield book.title, book.author.name, book.author.country.name
