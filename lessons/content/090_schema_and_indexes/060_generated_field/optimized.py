from setup import Pile


def run():
    for pile in Pile.objects.filter(worth__gte=4_000).order_by("pk"):
        yield pile.isbn, pile.copies
