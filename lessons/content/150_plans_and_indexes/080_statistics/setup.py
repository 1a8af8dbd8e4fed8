from django.db import connection, models

_TIME = {  # the time that is so many minutes after the beginning of 2025
    "sqlite": "datetime('2025-01-01', ({}) || ' minutes')",
    "postgresql": "TIMESTAMPTZ '2025-01-01 00:00Z' + ({}) * INTERVAL '1 minute'",
    "mysql": "TIMESTAMP('2025-01-01') + INTERVAL ({}) MINUTE",
}


class AbstractOrder(models.Model):
    branch = models.PositiveSmallIntegerField()
    is_open = models.PositiveSmallIntegerField()
    placed_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self):
        return f"Order {self.pk}"


class Order(AbstractOrder):
    class Meta:
        indexes = [
            models.Index(fields=["branch"], name="order_branch"),
            models.Index(fields=["is_open"], name="order_is_open"),
            models.Index(fields=["placed_at"], name="order_placed_at"),
        ]


class KnownOrder(AbstractOrder):
    class Meta:
        indexes = [
            models.Index(fields=["branch"], name="known_branch"),
            models.Index(fields=["is_open"], name="known_is_open"),
            models.Index(fields=["placed_at"], name="known_placed_at"),
        ]


class OrderWithIndex(AbstractOrder):
    class Meta:
        indexes = [models.Index(fields=["branch", "is_open", "placed_at"], name="order_of_branch")]


def setup():
    """A hundred thousand orders of ten branches. Half are open, but in branch 3, which was closed: only ten."""
    digits = " UNION ALL ".join(f"SELECT {digit} AS d" for digit in range(10))
    n = "a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d"
    is_open = "CASE WHEN a.d = 2 THEN CASE WHEN b.d + c.d + e.d = 0 THEN 1 ELSE 0 END ELSE b.d % 2 END"
    placed_at = _TIME[connection.vendor].format(f"({n}) * 77 % 100000")
    for model in (Order, KnownOrder, OrderWithIndex):
        _execute(
            f"INSERT INTO {model._meta.db_table} (id, branch, is_open, placed_at)"
            f" SELECT 1 + {n}, 1 + a.d, {is_open}, {placed_at}"
            f" FROM ({digits}) a, ({digits}) b, ({digits}) c, ({digits}) e, ({digits}) f"
        )
    table = KnownOrder._meta.db_table
    if connection.vendor == "sqlite":
        _execute(f"ANALYZE {table}")
    elif connection.vendor == "postgresql":  # it is analyzed afterwards, as each table of a shelf
        _execute(f"CREATE STATISTICS known_together (mcv) ON branch, is_open FROM {table}")


def _execute(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
