from datetime import datetime

from django.db.models.functions import TruncMonth
from django.utils.timezone import make_aware

from library.models import Sale


def run():
    sales = Sale.objects.annotate(month=TruncMonth("sold_at"))
    for sale in sales.filter(month=make_aware(datetime(2025, 11, 1))).order_by("pk"):
        yield sale.pk, sale.amount
