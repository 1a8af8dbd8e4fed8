from decimal import ROUND_CEILING, Decimal

from library.models import Book


def run():
    for book in Book.objects.order_by("pk"):
        _next_season(book)
        book.save()
    return list(Book.objects.order_by("pk").values_list("price", "stock", "sales_count"))


def _next_season(book):
    book.price = book.price.to_integral_value(ROUND_CEILING) - Decimal("0.01")
    book.stock += 20
    book.sales_count = 0
