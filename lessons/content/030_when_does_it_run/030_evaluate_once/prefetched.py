from django.db.models import Prefetch

from library.models import Book, Publisher


def run():
    books = Prefetch("books", queryset=Book.objects.order_by("pk"))
    publisher = Publisher.objects.prefetch_related(books).get(pk=1)
    yield publisher.name, publisher.books.count()
    if publisher.books.exists():
        yield "first", publisher.books.first().title
    for book in publisher.books.all():
        yield book.title, book.stock
