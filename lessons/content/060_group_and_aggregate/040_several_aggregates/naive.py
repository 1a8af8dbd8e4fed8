from django.db.models import Count

from library.models import Book


def run():
    books = Book.objects.annotate(sold=Count("sales"), reviewed=Count("reviews"))
    for book in books.order_by("pk"):
        yield book.title, book.sold, book.reviewed
