from datetime import date

from django.db.models.functions import TruncDate

from library.models import Sale


def run():
    sales = Sale.objects.annotate(day=TruncDate("sold_at")).filter(day=date(2025, 11, 24)).order_by("pk")
    return list(sales.values_list("pk", "amount"))
