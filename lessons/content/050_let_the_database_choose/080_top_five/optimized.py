from library.models import Book


def run():
    books = Book.objects.order_by("-sales_count", "pk")
    for book in books[:5]:
        yield book.title, book.sales_count
