from django.db.models import Count
from setup import WishList


def run():
    lists = WishList.objects.filter(wishes__removed_at=None).annotate(number=Count("wishes"))
    return list(lists.order_by("pk").values_list("name", "number"))
