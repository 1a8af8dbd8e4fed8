from django.db.models import FETCH_RAISE

from library.models import Book


def run():
    for book in Book.objects.order_by("pk").select_related("author", "publisher").fetch_mode(FETCH_RAISE):
        yield {"title": book.title, "author": book.author.name, "publisher": book.publisher.name}
