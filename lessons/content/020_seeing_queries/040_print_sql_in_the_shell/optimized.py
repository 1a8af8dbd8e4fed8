from library.models import Book


def run():
    """What the prompt prints for the same five lines, once the few books are loaded."""
    books = Book.objects.filter(is_published=True).order_by("pk")[:5]
    len(books)
    yield repr(books)
    yield repr(books[0])
    yield repr(books[0].author)
    yield repr(books)
    yield [book.title for book in books]
