from library.models import Book


def run():
    in_print = Book.objects.filter(is_published=True)
    yield "a book to sell", in_print.exists()
    unpriced = Book.objects.filter(price=0)
    yield "a book without a price", unpriced.exists()
    delivered = Book.objects.filter(isbn="9780140449136")
    yield "the delivered book is known", delivered.exists()
    announced = Book.objects.filter(is_published=False).order_by("pk")
    if announced:
        yield "announced", [book.title for book in announced]
