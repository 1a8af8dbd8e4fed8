from django.db.models import F

from library.models import Book, Sale


def run():
    returned = Sale.objects.filter(customer__country__name="Kenya")
    for sale in returned.order_by("pk"):
        Book.objects.filter(pk=sale.book_id).update(stock=F("stock") + sale.quantity)
    return list(Book.objects.order_by("pk").values_list("title", "stock"))
