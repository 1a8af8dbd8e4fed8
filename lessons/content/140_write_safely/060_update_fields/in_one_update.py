from counter import sell
from django.db.models import Case, F, When

from library.models import Book


def run():
    sell()
    Book.objects.filter(pages__gte=250).update(
        price=Case(
            When(pages__gte=500, then=F("price") + 2),
            default=F("price") + 1,
        )
    )
    return list(Book.objects.order_by("pk").values_list("title", "price", "stock"))
