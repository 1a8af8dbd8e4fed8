from library.models import Book


def run():
    books = Book.objects.filter(is_published=True).order_by("pk").prefetch_related("genres")
    return [(book.title, book.price) for book in books]
