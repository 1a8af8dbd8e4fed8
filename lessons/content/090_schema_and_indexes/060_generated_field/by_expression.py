from django.db.models import F
from setup import Pile


def run():
    piles = Pile.objects.annotate(product=F("price") * F("copies"))
    for pile in piles.filter(product__gte=4_000).order_by("pk"):
        yield pile.isbn, pile.copies
