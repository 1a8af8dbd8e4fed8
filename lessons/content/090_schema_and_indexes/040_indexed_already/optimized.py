from library.models import Book


def run():
    for isbn in ("9781400000012", "9781400000029", "9781400000036"):
        book = Book.objects.get(isbn=isbn)
        for other in Book.objects.filter(author=book.author_id).order_by("pk"):
            yield isbn, other.title
