from django.db import connection, models

from library.models import Book


class Branch(models.Model):
    name = models.CharField(max_length=40)

    class Meta:
        verbose_name_plural = "branches"

    def __str__(self):
        return self.name


class StockRow(models.Model):
    """With a surrogate key, `id`, which Django adds. The unique index begins with the branch, as the key below."""

    branch = models.ForeignKey(Branch, models.CASCADE, related_name="+", db_index=False)
    book = models.ForeignKey(Book, models.CASCADE, related_name="+")
    copies = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["branch", "book"], name="stock_branch_book")]

    def __str__(self):
        return f"{self.copies} copies"


class Stock(models.Model):
    pk = models.CompositePrimaryKey("branch", "book")
    branch = models.ForeignKey(Branch, models.CASCADE, related_name="+", db_index=False)
    book = models.ForeignKey(Book, models.CASCADE, related_name="+")
    copies = models.PositiveIntegerField()

    def __str__(self):
        return f"{self.copies} copies"


def setup():
    """Six branches, and copies of each book in each of them."""
    for name in ("Airport", "Castle", "Harbour", "Market", "Station", "University"):
        Branch.objects.create(name=name)
    for model in (StockRow, Stock):
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {model._meta.db_table} (branch_id, book_id, copies)"
                " SELECT branch.id, book.id, book.stock + branch.id"
                f" FROM {Branch._meta.db_table} branch CROSS JOIN library_book book ORDER BY branch.id, book.id"
            )
