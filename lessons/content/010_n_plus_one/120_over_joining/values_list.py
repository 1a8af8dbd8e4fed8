from library.models import Book


def run():
    books = Book.objects.select_related("author__country", "publisher__country")
    yield from books.order_by("pk").values_list("title", flat=True)
