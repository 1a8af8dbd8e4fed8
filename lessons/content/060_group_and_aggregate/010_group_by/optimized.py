from django.db.models import Sum

from library.models import Sale


def run():
    sales = Sale.objects.order_by("-sold_at")
    countries = sales.values_list("customer__country__name").annotate(sold=Sum("quantity")).order_by()
    return sorted(countries)
