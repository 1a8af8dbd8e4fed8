from django.db.models import Avg, Max, Min, Sum

from library.models import Book


def run():
    books = Book.objects.all()
    yield "Titles", books.count()
    yield "Copies sold", books.aggregate(sold=Sum("sales_count"))["sold"]
    yield "Pages on average", round(books.aggregate(pages=Avg("pages"))["pages"])
    yield "Cheapest", books.aggregate(cheapest=Min("price"))["cheapest"]
    yield "Dearest", books.aggregate(dearest=Max("price"))["dearest"]
