from library.models import Customer


def run():
    for customer in Customer.objects.order_by("pk"):
        sale = customer.sales.order_by("-sold_at", "-pk").first()
        if sale:
            yield customer.name, sale.sold_at, sale.amount
