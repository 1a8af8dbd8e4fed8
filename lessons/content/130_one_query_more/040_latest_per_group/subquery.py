from django.db.models import OuterRef, Subquery

from library.models import Customer, Sale


def run():
    sales = Sale.objects.filter(customer=OuterRef("pk")).order_by("-sold_at", "-pk")
    latest = Customer.objects.annotate(latest=Subquery(sales.values("pk")[:1])).values("latest")
    for sale in Sale.objects.filter(pk__in=latest).select_related("customer").order_by("customer"):
        yield sale.customer.name, sale.sold_at, sale.amount
