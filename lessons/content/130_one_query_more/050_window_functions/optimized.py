from django.db.models import Sum, Window
from django.db.models.functions import Rank

from library.models import Book


def run():
    books = Book.objects.annotate(
        rank=Window(Rank(), order_by="-sales_count"),
        sold_so_far=Window(Sum("sales_count"), order_by=["-sales_count", "pk"]),
    )
    for book in books.order_by("-sales_count", "pk"):
        yield book.rank, book.title, book.sales_count, book.sold_so_far
