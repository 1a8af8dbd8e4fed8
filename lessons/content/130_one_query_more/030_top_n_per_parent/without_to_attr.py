from django.db.models import Prefetch

from library.models import Author, Book


def run():
    best = Book.objects.order_by("-sales_count", "pk")[:3]
    for author in Author.objects.order_by("pk").prefetch_related(Prefetch("books", queryset=best)):
        yield author.name, [book.title for book in author.books.all()]
