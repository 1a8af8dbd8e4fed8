from django.db.models import Count, Q
from setup import WishList


def run():
    lists = WishList.objects.annotate(number=Count("wishes", filter=Q(wishes__removed_at=None)))
    return list(lists.order_by("pk").values_list("name", "number"))
