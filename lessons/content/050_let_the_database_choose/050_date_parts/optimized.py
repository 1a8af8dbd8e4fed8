from datetime import datetime, timedelta

from django.utils.timezone import make_aware

from library.models import Sale


def run():
    midnight = make_aware(datetime(2025, 11, 24))
    next_midnight = make_aware(datetime(2025, 11, 24) + timedelta(days=1))
    sales = Sale.objects.filter(sold_at__gte=midnight, sold_at__lt=next_midnight).order_by("pk")
    return list(sales.values_list("pk", "amount"))
