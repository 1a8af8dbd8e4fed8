from decimal import Decimal

from django.db.models import F
from django.db.models.functions import Ceil

from library.models import Book


def run():
    Book.objects.update(price=Ceil("price") - Decimal("0.01"), stock=F("stock") + 20, sales_count=0)
    return list(Book.objects.order_by("pk").values_list("price", "stock", "sales_count"))
