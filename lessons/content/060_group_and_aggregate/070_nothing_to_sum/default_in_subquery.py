from django.db.models import F, OuterRef, Subquery, Sum

from library.models import Book, Sale


def run():
    sales = Sale.objects.filter(book=OuterRef("pk")).values("book")
    sold = Subquery(sales.annotate(sold=Sum("quantity", default=0)).values("sold"))
    books = Book.objects.annotate(surplus=F("stock") - sold)
    for book in books.filter(surplus__gt=50).order_by("pk"):
        yield book.title, book.surplus
