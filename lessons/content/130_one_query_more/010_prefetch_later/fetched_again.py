from shop import books_to_order

from library.models import Book


def run():
    keys = [book.pk for book in books_to_order()]
    books = Book.objects.prefetch_related("genres").in_bulk(keys)
    for key in keys:
        book = books[key]
        yield book.title, sorted(genre.name for genre in book.genres.all())
