from setup import EventWithStatus


def run():
    failed = EventWithStatus.objects.filter(status="failed", payload__customer__attempts__gte=2)
    yield from failed.order_by("pk").values_list("sale", "payload__customer__email")
