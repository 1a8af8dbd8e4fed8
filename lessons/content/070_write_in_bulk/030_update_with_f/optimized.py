from django.db.models import F

from library.models import Book, Sale


def run():
    returned = Sale.objects.filter(customer__country__name="Kenya").select_related("book")
    for sale in returned.order_by("pk"):
        sale.book.stock = F("stock") + sale.quantity
        sale.book.save(update_fields=["stock"])
    return list(Book.objects.order_by("pk").values_list("title", "stock"))
