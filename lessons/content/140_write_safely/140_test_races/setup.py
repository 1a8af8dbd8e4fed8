from django.db import models


class Reading(models.Model):
    """An evening on which an author reads."""

    title = models.CharField(max_length=60)
    seats_left = models.PositiveIntegerField()

    def __str__(self):
        return self.title


def setup():
    """Nothing: each test makes the reading that it needs."""
