from django.db.models import Prefetch

from library.models import Author, Book


def run():
    published = Prefetch("books", queryset=Book.objects.filter(is_published=True), to_attr="published_books")
    for author in Author.objects.order_by("pk").prefetch_related(published):
        books = author.published_books
        yield author.name, sorted(book.title for book in books)
