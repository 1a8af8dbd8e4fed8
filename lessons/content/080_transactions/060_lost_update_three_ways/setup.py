from django.db import models

from library.models import Book


class Reading(models.Model):
    book = models.ForeignKey(Book, models.CASCADE, related_name="+")
    seats_taken = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)  # counted up by whoever changes the row

    def __str__(self):
        return f"Reading {self.pk}"


def setup():
    """An author reads in the shop, and no seat is taken yet."""
    Reading.objects.create(pk=1, book_id=1)
