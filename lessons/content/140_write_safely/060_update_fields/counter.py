from django.db.models import F

from library.models import Book


def sell():
    """Meanwhile, at the counter: one copy of every book of up to 300 pages is sold."""
    Book.objects.filter(pages__lte=300).update(stock=F("stock") - 1, sales_count=F("sales_count") + 1)
