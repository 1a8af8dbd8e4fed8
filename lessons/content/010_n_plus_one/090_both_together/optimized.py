from library.models import Book


def run():
    books = Book.objects.select_related("author").prefetch_related("genres", "author__books")
    for book in books.order_by("pk"):
        genres = sorted(genre.name for genre in book.genres.all())
        others = sorted(other.title for other in book.author.books.all() if other != book)
        yield book.title, book.author.name, genres, others
