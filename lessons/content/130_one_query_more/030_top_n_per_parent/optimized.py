from django.db.models import Prefetch

from library.models import Author, Book


def run():
    best = Book.objects.order_by("-sales_count", "pk")[:3]
    authors = Author.objects.prefetch_related(Prefetch("books", queryset=best, to_attr="best_books"))
    for author in authors.order_by("pk"):
        yield author.name, [book.title for book in author.best_books]
