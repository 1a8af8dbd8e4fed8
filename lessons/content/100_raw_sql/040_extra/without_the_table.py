from library.models import Book

LONG = 300


def run():
    long_books = Book.objects.extra(where=["pages > %s"], params=[LONG])
    books = Book.objects.filter(author__in=long_books.values("author"))
    yield from books.order_by("pk").values_list("author__name", "title", "pages")
