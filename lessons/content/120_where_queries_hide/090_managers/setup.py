from datetime import UTC, datetime

from django.db import models
from django.db.models import Q

from library.models import Book, Customer

REMOVED_AT = datetime(2026, 1, 5, tzinfo=UTC)


class LiveManager(models.Manager):
    def get_queryset(self):
        return super().get_queryset().filter(removed_at=None)


class FullManager(models.Manager):
    """All rows, those that are removed too."""


class SoftDelete(models.Model):
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = LiveManager()
    all_objects = FullManager()

    class Meta:
        abstract = True

    def delete(self):
        self.removed_at = REMOVED_AT
        self.save(update_fields=["removed_at"])


class WishList(SoftDelete):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60, unique=True)

    def __str__(self):
        return self.name


class Wish(SoftDelete):
    wish_list = models.ForeignKey(WishList, on_delete=models.CASCADE, related_name="wishes")
    book = models.ForeignKey(Book, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["wish_list", "book"], condition=Q(removed_at=None), name="one_live_wish"
            ),
        ]

    def __str__(self):
        return f"Wish {self.pk}"


class Note(SoftDelete):
    text = models.CharField(max_length=60)

    class Meta:
        base_manager_name = "objects"

    def __str__(self):
        return self.text


def setup():
    """Each customer has a list of three wishes. Of the first list none is removed, of the next one, two, three."""
    customers, books = Customer.objects.order_by("pk"), list(Book.objects.order_by("pk"))
    lists = WishList.objects.bulk_create(
        WishList(customer=customer, name=f"Wishes of customer {customer.pk}") for customer in customers
    )
    Wish.objects.bulk_create(
        Wish(
            wish_list=each,
            book=books[(number + place) % len(books)],
            removed_at=REMOVED_AT if place < number % 4 else None,
        )
        for number, each in enumerate(lists)
        for place in range(3)
    )
