from django.db.models import F

from library.models import Book


def run():
    books = Book.objects.filter(stock__lt=F("sales_count") * 10).order_by("pk")
    return list(books.values_list("title", "stock", "sales_count"))
