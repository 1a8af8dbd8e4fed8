from library.models import Book


def run():
    for book in Book.objects.order_by("pk").prefetch_related("genres"):
        yield book.title, sorted(genre.name for genre in book.genres.all())
