from django.db.models.functions import Coalesce

from library.models import Book


def run():
    books = Book.objects.order_by(Coalesce("sales_count", 0).desc(), "pk")
    for book in books[:5]:
        yield book.title, book.sales_count
