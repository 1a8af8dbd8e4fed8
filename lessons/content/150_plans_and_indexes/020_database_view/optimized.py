from setup import StoredTotals


def run():
    totals = StoredTotals.objects.order_by("-sold", "pk")
    yield from totals.values_list("book__title", "sold", "reviewed")[:20]
