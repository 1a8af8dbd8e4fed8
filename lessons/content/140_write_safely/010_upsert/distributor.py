from decimal import Decimal

from library.models import Book


def tonight():
    """The list of tonight, as (isbn, price, copies): all books, a little dearer than last night."""
    for isbn, price, stock in Book.objects.order_by("pk").values_list("isbn", "price", "stock"):
        yield isbn, price + Decimal("0.50"), stock + 10
