from library.models import Sale


def run():
    for sale in Sale.objects.filter(sold_at__year=2025, sold_at__month=11).order_by("pk"):
        yield sale.pk, sale.amount
