from library.models import Book


def run():
    for book in Book.objects.order_by("pk"):
        genres = sorted(genre.name for genre in book.genres.all())
        others = sorted(other.title for other in book.author.books.all() if other != book)
        yield book.title, book.author.name, genres, others
