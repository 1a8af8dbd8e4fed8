from library.models import Book


def run():
    in_print = Book.objects.filter(is_published=True)
    announced = Book.objects.filter(is_published=False).order_by("pk")
    yield f"{len(in_print)} titles in print, {len(announced)} announced"
    for book in announced:
        yield book.title
