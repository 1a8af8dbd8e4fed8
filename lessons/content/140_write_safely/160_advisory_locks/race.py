from collections import Counter

from setup import Bestseller


def watch():
    return list(Bestseller.objects.order_by("pk").values("rank", "book__title"))


def invariant():
    """The list has one book for each rank."""
    ranks = Counter(Bestseller.objects.values_list("rank", flat=True))
    kept = bool(ranks) and set(ranks.values()) == {1}
    return kept, f"There are {ranks.total()} rows for {len(ranks)} ranks."
