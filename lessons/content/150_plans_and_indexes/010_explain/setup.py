from django.db import connection, models

from library.models import Book

_TIME = {  # the time that is so many minutes after the beginning of 2025
    "sqlite": "datetime('2025-01-01', ({}) || ' minutes')",
    "postgresql": "TIMESTAMPTZ '2025-01-01 00:00Z' + ({}) * INTERVAL '1 minute'",
    "mysql": "TIMESTAMP('2025-01-01') + INTERVAL ({}) MINUTE",
}


class AbstractVisit(models.Model):
    book = models.ForeignKey(Book, on_delete=models.CASCADE, related_name="+")
    seconds = models.PositiveIntegerField()
    seen_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self):
        return f"Visit {self.pk}"


class Visit(AbstractVisit):
    pass


class VisitWithIndex(AbstractVisit):
    class Meta:
        indexes = [models.Index(fields=["seen_at"], name="visit_seen_at")]


def setup():
    """A hundred thousand visits to the pages of ten books, one in each minute, in no order."""
    digits = " UNION ALL ".join(f"SELECT {digit} AS d" for digit in range(10))
    n = "a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d"
    seen_at = _TIME[connection.vendor].format(f"({n}) * 77 % 100000")
    for model in (Visit, VisitWithIndex):
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {model._meta.db_table} (id, book_id, seconds, seen_at)"
                f" SELECT 1 + {n}, 1 + a.d, ({n}) * 37 % 1000, {seen_at}"
                f" FROM ({digits}) a, ({digits}) b, ({digits}) c, ({digits}) e, ({digits}) f"
            )
