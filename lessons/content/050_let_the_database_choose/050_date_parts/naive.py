from datetime import date

from library.models import Sale


def run():
    sales = Sale.objects.filter(sold_at__date=date(2025, 11, 24)).order_by("pk")
    return list(sales.values_list("pk", "amount"))
