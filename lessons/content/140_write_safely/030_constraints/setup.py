from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from library.models import Book, Customer


class Signup(models.Model):
    """A customer's seats at an author's reading."""

    book = models.ForeignKey(Book, models.CASCADE, related_name="+")
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="+")
    seats = models.IntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(seats__range=(1, 4)),
                name="signup_seats_from_1_to_4",
                violation_error_message="Please take one to four seats.",
            ),
            models.UniqueConstraint(
                fields=["book", "customer"],
                name="signup_once_for_each_customer",
                violation_error_message="You have signed up already.",
            ),
        ]

    def __str__(self):
        return f"{self.seats} seats"


class UncheckedSignup(models.Model):
    """The same, without constraints."""

    book = models.ForeignKey(Book, models.CASCADE, related_name="+")
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="+")
    seats = models.IntegerField()

    def __str__(self):
        return f"{self.seats} seats"


class Slot(models.Model):
    """A place in the shop window, whose rule is in `clean()` alone."""

    position = models.IntegerField()

    def __str__(self):
        return f"{self.position}"

    def clean(self):
        if self.position == 0:
            raise ValidationError("Positions begin with one.")


def setup():
    """Nobody has signed up yet."""
