from django.db.models import Sum
from setup import Line


def run():
    for product in range(1, 11):
        total = Line.objects.filter(product=product).aggregate(total=Sum("amount"))["total"]
        yield product, int(total)
