from library.models import Book


def search(text):
    books = Book.objects.filter(is_published=True, title__contains=text)
    return sorted(books.values_list("title", flat=True))


def run():
    yield from search("Meadow")
    yield from search("Meadow' UNION SELECT email FROM library_customer -- ")
