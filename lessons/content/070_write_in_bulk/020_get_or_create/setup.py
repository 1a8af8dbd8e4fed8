from django.db import models

from library.models import Country


class Drawer(models.Model):
    country = models.OneToOneField(Country, models.CASCADE, related_name="+")
    label = models.CharField(max_length=60)

    def __str__(self):
        return self.label


class Box(models.Model):
    country = models.ForeignKey(Country, models.CASCADE, related_name="+")
    label = models.CharField(max_length=60)

    def __str__(self):
        return self.label


def setup():
    """The cabinet is empty: no drawer and no box has a label yet."""
