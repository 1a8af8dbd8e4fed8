from setup import Basket


def alice():
    Basket.objects.filter(is_stale=True).delete()
    return "cleaned up"


def bob():
    is_there = Basket.objects.filter(pk=4).update(is_stale=False)
    return "kept" if is_there else "gone"
