from collections import Counter

from library.models import Sale


def run():
    months = Counter()
    for sold_at, quantity in Sale.objects.values_list("sold_at", "quantity"):
        months[f"{sold_at:%Y-%m}"] += quantity
    return sorted(months.items())
