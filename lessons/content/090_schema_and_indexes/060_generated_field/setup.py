from django.db import connection, models
from django.db.models import F


class Pile(models.Model):
    isbn = models.CharField("ISBN", max_length=13)
    price = models.DecimalField(max_digits=7, decimal_places=2)
    copies = models.PositiveIntegerField()
    worth = models.GeneratedField(
        expression=F("price") * F("copies"),
        output_field=models.DecimalField(max_digits=12, decimal_places=2),
        db_persist=True,
    )

    class Meta:
        indexes = [models.Index(fields=["worth"], name="pile_worth")]

    def __str__(self):
        return self.isbn


def setup():
    """The stock of every book, without its worth: that is the table's business."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Pile._meta.db_table} (isbn, price, copies)"
            " SELECT isbn, price, stock FROM library_book ORDER BY id"
        )
