from library.models import Book


def run():
    """What the prompt prints for five lines."""
    books = Book.objects.filter(is_published=True).order_by("pk")[:5]
    yield repr(books)
    yield repr(books[0])
    yield repr(books[0].author)
    yield repr(books)
    yield [book.title for book in books]
