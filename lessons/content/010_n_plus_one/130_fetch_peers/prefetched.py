from library.models import Book


def run():
    for book in Book.objects.order_by("pk").prefetch_related("author__country"):
        yield book.title, book.author.name, book.author.country.name
