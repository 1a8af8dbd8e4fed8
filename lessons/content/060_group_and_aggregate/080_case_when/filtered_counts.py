from django.db.models import Count, Q

from library.models import Book


def run():
    numbers = Book.objects.aggregate(
        sold_out=Count("pk", filter=Q(stock=0)),
        few_left=Count("pk", filter=Q(stock__gt=0, stock__lt=20)),
        in_stock=Count("pk", filter=Q(stock__gte=20)),
    )
    yield "sold out", numbers["sold_out"]
    yield "few left", numbers["few_left"]
    yield "in stock", numbers["in_stock"]
