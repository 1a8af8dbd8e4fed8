from library.models import Sale


def run():
    sales = Sale.objects.all()
    yield "from", sales.first().sold_at
    yield "to", sales.last().sold_at
