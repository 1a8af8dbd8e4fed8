from library.models import Book


def run():
    low = Book.objects.filter(stock__lt=30)
    announced = Book.objects.filter(is_published=False)
    books = low | announced
    return [(book.pk, book.title) for book in books.order_by("pk")]
