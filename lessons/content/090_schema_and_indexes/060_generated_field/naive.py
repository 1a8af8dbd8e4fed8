from setup import Pile


def run():
    for pile in Pile.objects.order_by("pk"):
        if pile.price * pile.copies >= 4_000:
            yield pile.isbn, pile.copies
