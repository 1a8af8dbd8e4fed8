from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from library.models import Book, Review, Sale


def run():
    sales = Sale.objects.filter(book=OuterRef("pk")).values("book").annotate(number=Count("*"))
    reviews = Review.objects.filter(book=OuterRef("pk")).values("book").annotate(number=Count("*"))
    books = Book.objects.annotate(
        sold=Coalesce(Subquery(sales.values("number")), 0),
        reviewed=Coalesce(Subquery(reviews.values("number")), 0),
    )
    for book in books.order_by("pk"):
        yield book.title, book.sold, book.reviewed
