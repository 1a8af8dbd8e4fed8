from library.models import Book


def run():
    typed, following = "97814000000", "97814000001"
    for book in Book.objects.filter(isbn__gte=typed, isbn__lt=following).order_by("pk"):
        yield book.isbn, book.title
