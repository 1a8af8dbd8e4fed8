from library.models import Book


def run():
    books = sorted(Book.objects.all(), key=lambda book: (-book.sales_count, book.pk))
    for book in books[:5]:
        yield book.title, book.sales_count
