from django.db.models import Q

from library.models import Book


def run():
    books = Book.objects.filter(Q(stock__lt=30) | Q(is_published=False))
    return [(book.pk, book.title) for book in books.order_by("pk")]
