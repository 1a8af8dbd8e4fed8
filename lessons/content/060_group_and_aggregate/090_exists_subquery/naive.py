from library.models import Customer


def run():
    for customer in Customer.objects.order_by("pk"):
        if customer.sales.filter(amount__gte=50).exists():
            last = customer.sales.order_by("-sold_at", "-pk").first()
            yield customer.name, last.book.title
