from library.models import Sale


def run():
    latest = Sale.objects.order_by("customer", "-sold_at", "-pk").distinct("customer")
    for sale in latest.select_related("customer"):
        yield sale.customer.name, sale.sold_at, sale.amount
