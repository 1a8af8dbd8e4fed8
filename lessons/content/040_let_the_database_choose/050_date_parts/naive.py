from library.models import Sale


def run():
    for sale in Sale.objects.order_by("pk"):
        if sale.sold_at.year == 2025 and sale.sold_at.month == 11:
            yield sale.pk, sale.amount
