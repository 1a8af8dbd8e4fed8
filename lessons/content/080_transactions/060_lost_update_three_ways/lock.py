from django.db import transaction
from setup import Reading


def reserve(seats):
    with transaction.atomic():
        reading = Reading.objects.only("seats_taken").select_for_update().get(pk=1)
        reading.seats_taken += seats
        reading.save(update_fields=["seats_taken"])
    return "reserved"


def alice():
    return reserve(2)


def bob():
    return reserve(2)
