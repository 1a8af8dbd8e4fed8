from library.models import Book


def run():
    books = Book.objects.only("title").prefetch_related("genres")
    for book in books.order_by("pk"):
        yield book.title, sorted(genre.name for genre in book.genres.all())
