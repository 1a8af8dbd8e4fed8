from datetime import timedelta

from django.db import ProgrammingError, connection, transaction
from django.db.models import F, IntegerField, Q
from django.db.models.functions import Cast, Coalesce, Now
from setup import Invoice

DAY = timedelta(days=1)


def any_condition_on_an_indexed_column(log):
    """If a column has an index, a condition on that column uses the index."""
    invoices = Invoice.objects.all()
    return {
        "`amount__gte=4990`": _is_looked_up(invoices.filter(amount__gte=4990)),
        '`F("amount") * 2`, then `__gte=9980`': _is_looked_up(
            invoices.annotate(double=F("amount") * 2).filter(double__gte=9980)
        ),
        '`F("amount") + 0`, then `=4990`': _is_looked_up(
            invoices.annotate(same=F("amount") + 0).filter(same=4990)
        ),
        '`Coalesce("amount", 0)`, then `__gte=4990`': _is_looked_up(
            invoices.annotate(known=Coalesce("amount", 0)).filter(known__gte=4990)
        ),
        '`Cast("amount", IntegerField())`, then `=4990`': _is_looked_up(
            invoices.annotate(whole=Cast("amount", IntegerField())).filter(whole=4990)
        ),
    }


def no_functions_at_all(log):
    """A function in a condition always keeps the database from using an index."""
    invoices = Invoice.objects.all()
    return {
        "around the column: `issued_at` plus 14 days, compared with `Now()`": not _is_looked_up(
            invoices.annotate(due_at=F("issued_at") + 14 * DAY).filter(due_at__gt=Now())
        ),
        "around the value: `issued_at`, compared with `Now()` minus 14 days": not _is_looked_up(
            invoices.filter(issued_at__gt=Now() - 14 * DAY)
        ),
    }


def a_number_is_a_number(log):
    """Where a column holds digits as text, you may compare it with a number: it finds the same rows."""
    return {
        "in the ORM, `filter(number=100042)`": _is_looked_up(Invoice.objects.filter(number=100042)),
        "in raw SQL, `number = %s` with a text": _is_looked_up_raw("100042"),
        "in raw SQL, `number = %s` with a number": _is_looked_up_raw(100042),
    }


def every_operator_is_a_range(log):
    """An index serves every comparison of the column itself."""
    invoices = Invoice.objects.values("amount")
    return {
        "`amount__lt=10`": _is_looked_up(invoices.filter(amount__lt=10)),
        "`amount__in=[1, 2, 3]`": _is_looked_up(invoices.filter(amount__in=[1, 2, 3])),
        "`Q(amount__lt=10) | Q(amount__gte=4990)`": _is_looked_up(
            invoices.filter(Q(amount__lt=10) | Q(amount__gte=4990))
        ),
        '`amount__gt=F("id")`, another column': _is_looked_up(invoices.filter(amount__gt=F("id"))),
    }


def _is_looked_up(invoices):
    return _has_a_lookup(invoices.explain())


def _is_looked_up_raw(number):
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"{explain} SELECT * FROM {Invoice._meta.db_table} WHERE number = %s", [number])
            return _has_a_lookup(" ".join(f" {cell} " for row in cursor.fetchall() for cell in row))
    except ProgrammingError:
        return False


def _has_a_lookup(plan):
    """In the words of SQLite, PostgreSQL and MariaDB."""
    return any(words in plan for words in ("SEARCH", "Index Cond", " range ", " ref "))
