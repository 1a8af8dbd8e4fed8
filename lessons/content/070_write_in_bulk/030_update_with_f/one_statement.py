from django.db.models import F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from library.models import Book, Sale


def run():
    returned = Sale.objects.filter(customer__country__name="Kenya", book=OuterRef("pk"))
    copies = returned.order_by().values("book").annotate(copies=Sum("quantity")).values("copies")
    Book.objects.update(stock=F("stock") + Coalesce(Subquery(copies), 0))
    return list(Book.objects.order_by("pk").values_list("title", "stock"))
