from django.db import models
from django.db.models.fields.json import KT

from library.models import Sale

STATUSES = ("paid", "paid", "refunded", "paid", "failed", "paid", "paid", "disputed", "paid", "paid")


class AbstractEvent(models.Model):
    sale = models.ForeignKey(Sale, models.CASCADE, related_name="+")
    payload = models.JSONField()

    class Meta:
        abstract = True

    def __str__(self):
        return f"Event {self.pk}"


class Event(AbstractEvent):
    pass


class EventWithStatus(AbstractEvent):
    status = models.GeneratedField(
        expression=KT("payload__status"), output_field=models.CharField(max_length=20), db_persist=True
    )

    class Meta:
        indexes = [models.Index(fields=["status"], name="event_status")]


def setup():
    """What the payment service has sent: one event for each sale."""
    sales = list(Sale.objects.order_by("pk").select_related("customer"))
    for model in (Event, EventWithStatus):
        model.objects.bulk_create(model(sale=sale, payload=_payload(sale)) for sale in sales)


def _payload(sale):
    payload = {
        "status": STATUSES[sale.pk % 10],
        "amount": float(sale.amount),
        "customer": {"email": sale.customer.email, "attempts": sale.pk % 4},
    }
    if payload["status"] == "failed":
        payload["reason"] = "card expired"
    elif payload["status"] == "refunded":
        payload["reason"] = None
    return payload
