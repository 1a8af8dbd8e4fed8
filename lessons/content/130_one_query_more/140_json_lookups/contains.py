from setup import Event


def run():
    failed = Event.objects.filter(payload__contains={"status": "failed"}, payload__customer__attempts__gte=2)
    yield from failed.order_by("pk").values_list("sale", "payload__customer__email")
