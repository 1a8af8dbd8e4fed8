from collections import Counter

from library.models import Sale


def run():
    sales = Sale.objects.order_by("-sold_at")
    countries = Counter()
    for name, quantity in sales.values_list("customer__country__name", "quantity"):
        countries[name] += quantity
    return sorted(countries.items())
