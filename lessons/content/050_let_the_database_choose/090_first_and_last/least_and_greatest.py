from django.db.models import Max, Min

from library.models import Sale


def run():
    span = Sale.objects.aggregate(Min("sold_at"), Max("sold_at"))
    yield "from", span["sold_at__min"]
    yield "to", span["sold_at__max"]
