from library.models import Sale


def run():
    sales = list(Sale.objects.order_by("sold_at"))
    yield "from", sales[0].sold_at
    yield "to", sales[-1].sold_at
