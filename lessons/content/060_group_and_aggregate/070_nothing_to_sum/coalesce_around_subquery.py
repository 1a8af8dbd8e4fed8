from django.db.models import F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from library.models import Book, Sale


def run():
    sales = Sale.objects.filter(book=OuterRef("pk")).values("book")
    sold = Subquery(sales.annotate(sold=Sum("quantity")).values("sold"))
    books = Book.objects.annotate(surplus=F("stock") - Coalesce(sold, 0))
    for book in books.filter(surplus__gt=50).order_by("pk"):
        yield book.title, book.surplus
