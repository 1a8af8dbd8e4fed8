"""Four ways to sell a seat. Two of them sell the last one twice, if two customers come at once."""

from django.db import transaction
from django.db.models import F
from setup import Reading


def check_then_save(key):
    reading = Reading.objects.get(pk=key)
    if reading.seats_left == 0:
        return "sold out"
    reading.seats_left -= 1
    reading.save(update_fields=["seats_left"])
    return "sold"


def in_atomic(key):
    with transaction.atomic():
        return check_then_save(key)


def with_a_lock(key):
    with transaction.atomic():
        reading = Reading.objects.select_for_update().get(pk=key)
        if reading.seats_left == 0:
            return "sold out"
        reading.seats_left -= 1
        reading.save(update_fields=["seats_left"])
    return "sold"


def in_one_update(key):
    sold = Reading.objects.filter(pk=key, seats_left__gt=0).update(seats_left=F("seats_left") - 1)
    return "sold" if sold else "sold out"


WAYS = [check_then_save, in_atomic, with_a_lock, in_one_update]
