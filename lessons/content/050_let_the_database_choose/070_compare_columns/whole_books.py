from django.db.models import F

from library.models import Book


def run():
    for book in Book.objects.filter(stock__lt=F("sales_count") * 10).order_by("pk"):
        yield book.title, book.stock, book.sales_count
