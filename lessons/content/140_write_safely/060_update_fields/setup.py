from django.db import models

from library.models import Book


class PriceTag(models.Model):
    """For the claims: a model that notes when it was changed."""

    book = models.ForeignKey(Book, models.CASCADE, related_name="+")
    price = models.DecimalField(max_digits=7, decimal_places=2)
    copies = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self):
        return f"{self.price}"


def setup():
    """Each book has been delivered once more, so that there is something to sell."""
    Book.objects.update(stock=models.F("stock") + 5)
