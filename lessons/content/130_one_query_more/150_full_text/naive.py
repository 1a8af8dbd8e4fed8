from library.models import Book


def run():
    books = Book.objects.filter(description__icontains="sea").order_by("pk")
    yield from books.values_list("pk", "title")
