from django.db import models


class Parcel(models.Model):
    label = models.CharField(max_length=20)
    packer = models.CharField(max_length=20, blank=True)

    def __str__(self):
        return self.label


def setup():
    """Three parcels wait for somebody to pack them."""
    Parcel.objects.bulk_create(Parcel(label=f"Parcel {number}") for number in (1, 2, 3))
