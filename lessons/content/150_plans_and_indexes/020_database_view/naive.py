from django.db.models import Count, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from library.models import Book, Review, Sale


def run():
    sold = Sale.objects.filter(book=OuterRef("pk")).values("book").annotate(n=Sum("quantity")).values("n")
    reviewed = Review.objects.filter(book=OuterRef("pk")).values("book").annotate(n=Count("pk")).values("n")
    books = Book.objects.annotate(
        sold=Coalesce(Subquery(sold), 0),
        reviewed=Coalesce(Subquery(reviewed), 0),
    )
    yield from books.order_by("-sold", "pk").values_list("title", "sold", "reviewed")[:20]
