from setup import WishList


def run():
    lists = WishList.objects.prefetch_related("wishes")
    return [(each.name, len(each.wishes.all())) for each in lists.order_by("pk")]
