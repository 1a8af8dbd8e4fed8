from library.models import Book


def run():
    books = list(Book.objects.all())
    yield "Titles", len(books)
    yield "Copies sold", sum(book.sales_count for book in books)
    yield "Pages on average", round(sum(book.pages for book in books) / len(books))
    yield "Cheapest", min(book.price for book in books)
    yield "Dearest", max(book.price for book in books)
