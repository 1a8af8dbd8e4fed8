from django.db import transaction

from library.models import Book


def count_sale():
    with transaction.atomic():
        book = Book.objects.only("sales_count").select_for_update().get(pk=2)
        book.sales_count += 1
        book.save(update_fields=["sales_count"])
    return "counted"


def alice():
    return count_sale()


def bob():
    return count_sale()
