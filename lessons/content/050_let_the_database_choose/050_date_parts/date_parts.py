from library.models import Sale


def run():
    sales = Sale.objects.filter(sold_at__year=2025, sold_at__month=11, sold_at__day=24).order_by("pk")
    return list(sales.values_list("pk", "amount"))
