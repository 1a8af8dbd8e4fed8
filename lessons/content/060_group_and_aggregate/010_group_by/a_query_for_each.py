from library.models import Country, Sale


def run():
    sales = Sale.objects.order_by("-sold_at")
    for name in sorted(Country.objects.values_list("name", flat=True)):
        sold = sum(sale.quantity for sale in sales.filter(customer__country__name=name))
        if sold:
            yield name, sold
