from django.db.models import Sum
from django.db.models.functions import TruncMonth

from library.models import Sale


def run():
    months = Sale.objects.values(month=TruncMonth("sold_at")).annotate(sold=Sum("quantity"))
    for row in months.order_by("month"):
        yield f"{row['month']:%Y-%m}", row["sold"]
