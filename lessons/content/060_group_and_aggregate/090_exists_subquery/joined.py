from django.db.models import OuterRef, Subquery

from library.models import Customer, Sale


def run():
    sales = Sale.objects.filter(customer=OuterRef("pk"))
    last = Subquery(sales.order_by("-sold_at", "-pk").values("book__title")[:1])
    customers = Customer.objects.filter(sales__amount__gte=50).distinct()
    for customer in customers.annotate(last_title=last).order_by("pk"):
        yield customer.name, customer.last_title
