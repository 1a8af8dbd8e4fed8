from django.db.models import Avg, Count, Max, Min, Sum

from library.models import Book


def run():
    books = Book.objects.aggregate(
        titles=Count("*"),
        sold=Sum("sales_count"),
        pages=Avg("pages"),
        cheapest=Min("price"),
        dearest=Max("price"),
    )
    yield "Titles", books["titles"]
    yield "Copies sold", books["sold"]
    yield "Pages on average", round(books["pages"])
    yield "Cheapest", books["cheapest"]
    yield "Dearest", books["dearest"]
