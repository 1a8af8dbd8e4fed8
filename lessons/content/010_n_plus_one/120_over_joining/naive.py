from library.models import Book


def run():
    books = Book.objects.select_related("author__country", "publisher__country")
    for book in books.order_by("pk"):
        yield book.title
