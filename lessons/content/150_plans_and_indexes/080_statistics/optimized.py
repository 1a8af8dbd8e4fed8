from setup import KnownOrder


def run():
    open_orders = KnownOrder.objects.filter(branch=3, is_open=1).order_by("-placed_at")
    return list(open_orders.values_list("pk", "placed_at")[:20])
