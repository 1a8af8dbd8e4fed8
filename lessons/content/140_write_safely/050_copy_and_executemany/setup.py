from django.db import models


class Quote(models.Model):
    """What another shop asks for a book."""

    isbn = models.CharField(max_length=13)
    shop = models.CharField(max_length=40)
    price = models.DecimalField(max_digits=7, decimal_places=2)
    copies = models.PositiveIntegerField(default=0)
    seen_at = models.DateTimeField(db_default=models.functions.Now())

    def __str__(self):
        return f"{self.isbn} at {self.shop}"


def setup():
    """The table is empty."""
