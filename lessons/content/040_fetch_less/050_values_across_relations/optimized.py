from django.db.models import F

from library.models import Book


def run():
    books = Book.objects.order_by("pk")
    yield from books.values("title", author_name=F("author__name"), editor_name=F("editor__name"))
