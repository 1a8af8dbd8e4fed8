from library.models import Book


def run():
    typed = "97814000000"
    for book in Book.objects.order_by("pk"):
        if book.isbn.startswith(typed):
            yield book.isbn, book.title
