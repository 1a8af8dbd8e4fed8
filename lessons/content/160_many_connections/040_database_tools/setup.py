from django.db import connection, models


class AbstractVisit(models.Model):
    reader = models.PositiveIntegerField()
    page = models.PositiveIntegerField()
    seconds = models.PositiveIntegerField()

    class Meta:
        abstract = True

    def __str__(self):
        return f"Visit {self.pk}"


class Visit(AbstractVisit):
    pass


class VisitWithPageIndex(AbstractVisit):
    class Meta:
        indexes = [models.Index(fields=["page", "seconds"], name="visit_page")]


class VisitWithReaderIndex(AbstractVisit):
    class Meta:
        indexes = [models.Index(fields=["reader"], name="visit_reader")]


def setup():
    """Fifty thousand visits of ten thousand readers to a thousand pages."""
    digits = " UNION ALL ".join(f"SELECT {digit} AS d" for digit in range(10))
    n = "a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d"
    for model in AbstractVisit.__subclasses__():
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {model._meta.db_table} (id, reader, page, seconds)"
                f" SELECT 1 + {n}, ({n}) * 77 % 10007, ({n}) * 37 % 997, ({n}) * 13 % 600"
                f" FROM ({digits}) a, ({digits}) b, ({digits}) c, ({digits}) e, ({digits}) f"
                " WHERE f.d < 5 ORDER BY 1"
            )
