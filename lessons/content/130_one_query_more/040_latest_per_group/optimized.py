from django.db.models import Window
from django.db.models.functions import RowNumber

from library.models import Sale


def run():
    place = Window(RowNumber(), partition_by="customer", order_by=["-sold_at", "-pk"])
    latest = Sale.objects.annotate(place=place).filter(place=1)
    for sale in latest.select_related("customer").order_by("customer"):
        yield sale.customer.name, sale.sold_at, sale.amount
