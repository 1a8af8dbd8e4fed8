from datetime import UTC, datetime

from django.db import connection, models

TODAY = datetime(2025, 11, 24, tzinfo=UTC)
_MINUTES = {  # the time that is so many minutes after the beginning of 2025
    "sqlite": "datetime('2025-01-01', ({}) || ' minutes')",
    "postgresql": "TIMESTAMPTZ '2025-01-01 00:00Z' + ({}) * INTERVAL '1 minute'",
    "mysql": "TIMESTAMP('2025-01-01') + INTERVAL ({}) MINUTE",
}


class Invoice(models.Model):
    number = models.CharField(max_length=10)
    amount = models.IntegerField()
    issued_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["issued_at"], name="invoice_issued_at"),
            models.Index(fields=["amount"], name="invoice_amount"),
            models.Index(fields=["number"], name="invoice_number"),
        ]

    def __str__(self):
        return self.number


def setup():
    """A hundred thousand invoices, one every five minutes."""
    digits = " UNION ALL ".join(f"SELECT {digit} AS d" for digit in range(10))
    n = "a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Invoice._meta.db_table} (id, number, amount, issued_at)"
            f" SELECT 1 + {n}, 100000 + {n}, ({n}) * 37 % 5000, {_MINUTES[connection.vendor].format(f'5 * ({n})')}"
            f" FROM ({digits}) a, ({digits}) b, ({digits}) c, ({digits}) e, ({digits}) f"
        )
