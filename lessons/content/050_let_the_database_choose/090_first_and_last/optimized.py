from library.models import Sale


def run():
    sales = Sale.objects.order_by("sold_at")
    yield "from", sales.first().sold_at
    yield "to", sales.last().sold_at
