from django.db import connection, models


class AbstractLine(models.Model):
    product = models.PositiveIntegerField()
    amount = models.PositiveIntegerField()
    note = models.CharField(max_length=120)

    class Meta:
        abstract = True

    def __str__(self):
        return f"Line {self.pk}"


class Line(AbstractLine):
    class Meta:
        indexes = [models.Index(fields=["product"], name="line_product")]


class LineWithBoth(AbstractLine):
    class Meta:
        indexes = [models.Index(fields=["product", "amount"], name="line_both")]


class LineWithInclude(AbstractLine):
    class Meta:
        indexes = [models.Index(fields=["product"], include=["amount"], name="line_include")]


def setup():
    """A hundred thousand lines of orders, of two hundred products, in the order in which they were sold."""
    digits = " UNION ALL ".join(f"SELECT {digit} AS d" for digit in range(10))
    n = "a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d"
    for model in (Line, LineWithBoth, LineWithInclude):
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {model._meta.db_table} (id, product, amount, note)"
                f" SELECT 1 + {n}, 1 + ({n}) * 77 %% 200, 1 + ({n}) * 37 %% 5000, %s"
                f" FROM ({digits}) a, ({digits}) b, ({digits}) c, ({digits}) e, ({digits}) f"
                " ORDER BY 1",
                ["As a gift, with a card. " * 5],
            )
