from library.models import Book


def run():
    typed = "97814000000"
    for book in Book.objects.filter(isbn__istartswith=typed).order_by("pk"):
        yield book.isbn, book.title
