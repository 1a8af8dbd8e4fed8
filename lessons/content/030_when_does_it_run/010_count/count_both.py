from library.models import Book


def run():
    in_print = Book.objects.filter(is_published=True)
    announced = Book.objects.filter(is_published=False).order_by("pk")
    yield f"{in_print.count()} titles in print, {announced.count()} announced"
    for book in announced:
        yield book.title
