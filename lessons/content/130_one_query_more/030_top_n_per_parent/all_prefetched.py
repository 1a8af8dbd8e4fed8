from django.db.models import Prefetch

from library.models import Author, Book


def run():
    books = Prefetch("books", queryset=Book.objects.order_by("-sales_count", "pk"))
    for author in Author.objects.order_by("pk").prefetch_related(books):
        yield author.name, [book.title for book in author.books.all()[:3]]
