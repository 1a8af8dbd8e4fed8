from datetime import timedelta

from django.db.models import F
from setup import TODAY, Invoice


def run():
    invoices = Invoice.objects.annotate(due_at=F("issued_at") + timedelta(days=14))
    due_today = invoices.filter(due_at__gte=TODAY, due_at__lt=TODAY + timedelta(days=1))
    return list(due_today.order_by("pk").values_list("number", "amount"))
