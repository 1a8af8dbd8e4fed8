from django.db.models import OuterRef, Subquery, Sum

from library.models import Customer, Sale


def run():
    sales = Sale.objects.filter(customer=OuterRef("pk")).values("customer")
    spent = Subquery(sales.annotate(total=Sum("amount")).values("total"))
    customers = Customer.objects.annotate(spent=spent).filter(spent__gte=50).order_by("pk")
    return list(customers.values_list("name", "email"))
