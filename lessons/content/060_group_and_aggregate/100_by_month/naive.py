from collections import Counter

from library.models import Sale


def run():
    months = Counter()
    for sale in Sale.objects.all():
        months[f"{sale.sold_at:%Y-%m}"] += sale.quantity
    return sorted(months.items())
