from setup import Basket


def watch():
    return list(Basket.objects.order_by("pk").values("id", "is_stale"))


def invariant(results):
    """Bob's basket is there if he was told so."""
    told = results.get("bob")
    is_there = Basket.objects.filter(pk=4).exists()
    return is_there or told != "kept", f"Bob was told: {told}. His basket is {'there' if is_there else 'gone'}."
