"""The supplier's service: it takes its time for each answer, as a call over the network does."""

from decimal import Decimal
from time import sleep

CHANGED = [1, 2, 3, 4, 5, 6, 7, 8]  # the books that have a new price


def new_price(book_id):
    sleep(0.01)
    return Decimal(0) if book_id == CHANGED[-1] else Decimal(20 + book_id)
