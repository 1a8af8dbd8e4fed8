from uuid import uuid4

from django.db import models
from django.db.models.functions import Now

from library.models import Publisher


class Stand(models.Model):
    number = models.PositiveIntegerField(primary_key=True)
    publisher = models.ForeignKey(Publisher, models.CASCADE, related_name="+")
    tables = models.PositiveSmallIntegerField(default=1)
    reserved_at = models.DateTimeField(db_default=Now())

    def __str__(self):
        return f"Stand {self.number}"


class Ticket(models.Model):
    code = models.UUIDField(primary_key=True, default=uuid4)
    publisher = models.ForeignKey(Publisher, models.CASCADE, related_name="+")
    tables = models.PositiveSmallIntegerField(default=1)

    def __str__(self):
        return f"Ticket {self.code}"


def setup():
    """The hall is empty: no stand is reserved yet, and no ticket printed."""
