from django.db import models

from library.models import Book


class Offer(models.Model):
    """What the distributor asks for a book, and how many copies it has."""

    isbn = models.CharField(max_length=13, unique=True)
    price = models.DecimalField(max_digits=7, decimal_places=2)
    copies = models.PositiveIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self):
        return self.isbn


def setup():
    """Every second book was on last night's list."""
    Offer.objects.bulk_create(
        [
            Offer(isbn=book.isbn, price=book.price, copies=book.stock)
            for book in Book.objects.only("isbn", "price", "stock").order_by("pk")[::2]
        ],
        batch_size=500,
    )
