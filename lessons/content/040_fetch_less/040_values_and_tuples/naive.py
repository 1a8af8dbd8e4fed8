from library.models import Book


def run():
    for book in Book.objects.order_by("pk"):
        yield book.title
