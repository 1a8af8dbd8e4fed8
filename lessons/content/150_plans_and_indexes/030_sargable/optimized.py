from datetime import timedelta

from setup import TODAY, Invoice


def run():
    issued = TODAY - timedelta(days=14)
    due_today = Invoice.objects.filter(issued_at__gte=issued, issued_at__lt=issued + timedelta(days=1))
    return list(due_today.order_by("pk").values_list("number", "amount"))
