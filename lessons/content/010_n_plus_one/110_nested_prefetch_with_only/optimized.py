from django.db.models import Prefetch

from library.models import Author, Book


def run():
    books = Book.objects.only("title", "author").order_by("pk").prefetch_related("genres")
    authors = Author.objects.only("name", "email").prefetch_related(Prefetch("books", queryset=books))
    for author in authors.order_by("pk"):
        for book in author.books.all():
            genres = sorted(genre.name for genre in book.genres.all())
            yield author.name, author.email, book.title, genres
