from django.db import models

from library.models import Book, Customer


class Basket(models.Model):
    """What a customer of the web shop has chosen and not bought yet."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="+")
    is_stale = models.BooleanField(default=True)

    def __str__(self):
        return f"Basket {self.pk}"


class BasketLine(models.Model):
    basket = models.ForeignKey(Basket, models.CASCADE, related_name="lines")
    book = models.ForeignKey(Book, models.CASCADE, related_name="+")

    def __str__(self):
        return f"Line {self.pk}"


def setup():
    """Four baskets that nobody has touched for a month, with two books each."""
    books = Book.objects.order_by("pk")[:2]
    for number, customer in enumerate(Customer.objects.order_by("pk")[:4], start=1):
        basket = Basket.objects.create(pk=number, customer=customer)
        BasketLine.objects.bulk_create([BasketLine(basket=basket, book=book) for book in books])
