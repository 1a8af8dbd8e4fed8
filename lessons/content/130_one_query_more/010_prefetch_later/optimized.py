from django.db.models import prefetch_related_objects
from shop import books_to_order


def run():
    books = books_to_order()
    prefetch_related_objects(books, "genres")
    for book in books:
        yield book.title, sorted(genre.name for genre in book.genres.all())
