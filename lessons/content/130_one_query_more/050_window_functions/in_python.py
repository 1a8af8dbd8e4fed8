from itertools import accumulate

from library.models import Book


def run():
    books = list(Book.objects.order_by("-sales_count", "pk"))
    sold_so_far = accumulate(book.sales_count for book in books)
    rank = 0
    for place, (book, copies) in enumerate(zip(books, sold_so_far, strict=True), start=1):
        if place == 1 or book.sales_count < books[place - 2].sales_count:
            rank = place
        yield rank, book.title, book.sales_count, copies
