from django.db.models import F, Sum

from library.models import Book


def run():
    books = Book.objects.annotate(surplus=F("stock") - Sum("sales__quantity"))
    for book in books.filter(surplus__gt=50).order_by("pk"):
        yield book.title, book.surplus
