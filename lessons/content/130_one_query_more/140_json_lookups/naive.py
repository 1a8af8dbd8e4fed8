from setup import Event


def run():
    for event in Event.objects.order_by("pk"):
        if event.payload["status"] == "failed" and event.payload["customer"]["attempts"] >= 2:
            yield event.sale_id, event.payload["customer"]["email"]
