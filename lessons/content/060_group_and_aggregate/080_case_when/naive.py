from collections import Counter

from library.models import Book


def run():
    numbers = Counter(_label(book) for book in Book.objects.all())
    for label in "sold out", "few left", "in stock":
        yield label, numbers[label]


def _label(book):
    if book.stock == 0:
        return "sold out"
    if book.stock < 20:
        return "few left"
    return "in stock"
