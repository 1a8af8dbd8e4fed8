from django.db.models import FETCH_PEERS
from django.utils.text import Truncator

from library.models import Book


def run():
    for book in Book.objects.order_by("pk").only("title").fetch_mode(FETCH_PEERS):
        teaser = Truncator(book.description).words(12)
        yield book.title, teaser, book.pages
