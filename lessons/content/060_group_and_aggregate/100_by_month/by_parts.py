from django.db.models import Sum

from library.models import Sale


def run():
    months = Sale.objects.values("sold_at__year", "sold_at__month").annotate(sold=Sum("quantity"))
    for row in months.order_by("sold_at__year", "sold_at__month"):
        yield f"{row['sold_at__year']}-{row['sold_at__month']:02}", row["sold"]
