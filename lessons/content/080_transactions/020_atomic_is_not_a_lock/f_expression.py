from django.db import transaction
from django.db.models import F

from library.models import Book


def count_sale():
    with transaction.atomic():
        Book.objects.filter(pk=2).update(sales_count=F("sales_count") + 1)
    return "counted"


def alice():
    return count_sale()


def bob():
    return count_sale()
