from setup import Order


def run():
    open_orders = Order.objects.filter(warehouse=7, shipped_at__isnull=True)
    return list(open_orders.order_by("placed_at").values_list("pk", "amount"))
