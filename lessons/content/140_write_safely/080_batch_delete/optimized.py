from django.db import transaction
from setup import Basket

BATCH = 2


def alice():
    while delete_batch():
        pass
    return "cleaned up"


def delete_batch():
    with transaction.atomic():
        stale = Basket.objects.filter(is_stale=True).select_for_update(skip_locked=True)
        keys = list(stale.order_by("pk").values_list("pk", flat=True)[:BATCH])
        Basket.objects.filter(pk__in=keys).delete()
    return keys


def bob():
    is_there = Basket.objects.filter(pk=4).update(is_stale=False)
    return "kept" if is_there else "gone"
