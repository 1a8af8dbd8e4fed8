from django.db.models import F
from setup import Reading


def alice():
    Reading.objects.filter(pk=1).update(seats_taken=F("seats_taken") + 2)
    return "reserved"


def bob():
    for _ in range(3):
        reading = Reading.objects.only("seats_taken", "version").get(pk=1)
        same = Reading.objects.filter(pk=1, version=reading.version)
        if same.update(seats_taken=reading.seats_taken + 2, version=reading.version + 1):
            return "reserved"
    return "try again"
