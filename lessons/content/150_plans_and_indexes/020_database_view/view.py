from setup import BookTotals


def run():
    totals = BookTotals.objects.order_by("-sold", "pk")
    yield from totals.values_list("book__title", "sold", "reviewed")[:20]
