from datetime import datetime

from django.utils.timezone import make_aware

from library.models import Sale


def run():
    november, december = make_aware(datetime(2025, 11, 1)), make_aware(datetime(2025, 12, 1))
    for sale in Sale.objects.filter(sold_at__gte=november, sold_at__lt=december).order_by("pk"):
        yield sale.pk, sale.amount
