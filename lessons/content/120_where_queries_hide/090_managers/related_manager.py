from setup import WishList


def run():
    return [(each.name, each.wishes.count()) for each in WishList.objects.order_by("pk")]
