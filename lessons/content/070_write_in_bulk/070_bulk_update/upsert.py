from decimal import ROUND_CEILING, Decimal

from django.db import connection

from library.models import Book


def run():
    books = list(Book.objects.order_by("pk"))
    for book in books:
        _next_season(book)
    Book.objects.bulk_create(
        books,
        batch_size=100,
        update_conflicts=True,
        update_fields=["price", "stock", "sales_count"],
        unique_fields=["pk"] if connection.features.supports_update_conflicts_with_target else None,
    )
    return list(Book.objects.order_by("pk").values_list("price", "stock", "sales_count"))


def _next_season(book):
    book.price = book.price.to_integral_value(ROUND_CEILING) - Decimal("0.01")
    book.stock += 20
    book.sales_count = 0
