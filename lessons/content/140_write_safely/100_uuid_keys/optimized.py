from setup import Order, place_orders


def run():
    orders = Order.objects.order_by("pk")
    exported = list(orders)
    place_orders(range(len(exported) + 1, len(exported) + 21))
    exported += orders.filter(pk__gt=exported[-1].pk)
    return sorted(order.number for order in exported)
