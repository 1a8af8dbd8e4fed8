from library.models import Book


def run():
    for book in Book.objects.order_by("pk").iterator(chunk_size=100):
        yield book.isbn, book.title, book.description[:20]
