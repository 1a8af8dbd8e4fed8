from django.db import models

from library.models import Customer


class Campaign(models.Model):
    name = models.CharField(max_length=40)
    is_open = models.BooleanField(default=True)

    def __str__(self):
        return self.name


class Coupon(models.Model):
    """Five euros for the first customer who enters the code."""

    code = models.CharField(max_length=20, unique=True)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="+")
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="+", null=True)

    def __str__(self):
        return self.code


def setup():
    """A campaign is open, and its coupon is free."""
    Coupon.objects.create(code="SPRING", campaign=Campaign.objects.create(name="Spring"))
