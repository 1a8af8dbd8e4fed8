from django.db import connection, models
from django.db.models import Q

_TIMES = {  # the time that is so many minutes after the beginning of 2025
    "sqlite": "datetime('2025-01-01', ({}) || ' minutes')",
    "postgresql": "TIMESTAMPTZ '2025-01-01 00:00Z' + ({}) * INTERVAL '1 minute'",
    "mysql": "TIMESTAMP('2025-01-01') + INTERVAL ({}) MINUTE",
}


class AbstractOrder(models.Model):
    warehouse = models.PositiveSmallIntegerField()
    placed_at = models.DateTimeField()
    shipped_at = models.DateTimeField(null=True)
    amount = models.PositiveIntegerField()

    class Meta:
        abstract = True

    def __str__(self):
        return f"Order {self.pk}"


class Order(AbstractOrder):
    pass


class OrderWithIndex(AbstractOrder):
    class Meta:
        indexes = [models.Index(fields=["shipped_at", "warehouse", "placed_at"], name="order_all")]


class OrderWithPartialIndex(AbstractOrder):
    class Meta:
        indexes = [
            models.Index(
                fields=["warehouse", "placed_at"], name="order_open", condition=Q(shipped_at__isnull=True)
            ),
            models.Index(fields=["placed_at"], name="order_large", condition=Q(amount__gte=900)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["warehouse", "placed_at"],
                name="order_open_once",
                condition=Q(shipped_at__isnull=True),
            ),
        ]


def setup():
    """A hundred thousand orders, one every five minutes. One in a hundred is still open."""
    digits = " UNION ALL ".join(f"SELECT {digit} AS d" for digit in range(10))
    n = "a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d"
    placed, shipped = (_TIMES[connection.vendor].format(f"5 * ({n}) + {later}") for later in (0, 600))
    shipped = f"CASE WHEN b.d + c.d > 0 THEN {shipped} END"
    for model in (Order, OrderWithIndex, OrderWithPartialIndex):
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {model._meta.db_table} (id, warehouse, placed_at, shipped_at, amount)"
                f" SELECT 1 + {n}, 1 + a.d, {placed}, {shipped}, ({n}) * 37 % 1000"
                f" FROM ({digits}) a, ({digits}) b, ({digits}) c, ({digits}) e, ({digits}) f"
            )
