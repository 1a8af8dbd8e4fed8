from library.models import Book


def run():
    books = Book.objects.all()
    for book in books.order_by("pk"):
        yield book.title
