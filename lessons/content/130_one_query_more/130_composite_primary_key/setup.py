from django.db import models

from library.models import Book


class Branch(models.Model):
    name = models.CharField(max_length=40)

    class Meta:
        verbose_name_plural = "branches"

    def __str__(self):
        return self.name


class StockRow(models.Model):
    """With a surrogate key, `id`, which Django adds."""

    branch = models.ForeignKey(Branch, models.CASCADE, related_name="+")
    book = models.ForeignKey(Book, models.CASCADE, related_name="+")
    copies = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["branch", "book"], name="stock_branch_book")]

    def __str__(self):
        return f"{self.copies} copies"


class Stock(models.Model):
    pk = models.CompositePrimaryKey("branch", "book")
    branch = models.ForeignKey(Branch, models.CASCADE, related_name="+")
    book = models.ForeignKey(Book, models.CASCADE, related_name="+")
    copies = models.PositiveIntegerField()

    def __str__(self):
        return f"{self.copies} copies"


def setup():
    """Three branches, and copies of each book in each of them."""
    branches = [Branch.objects.create(name=name) for name in ("Harbour", "Market", "Station")]
    keys = list(Book.objects.order_by("pk").values_list("pk", flat=True))
    for model in (StockRow, Stock):
        model.objects.bulk_create(
            model(branch=branch, book_id=key, copies=(key + branch.pk) % 7) for branch in branches for key in keys
        )
