from datetime import UTC, datetime, timedelta

from django.db import connection
from setup import PaymentByAmount

FIRST = datetime(2030, 1, 1, tzinfo=UTC)
LATE = FIRST + timedelta(minutes=4_900)


def every_column_is_served(log):
    """A composite index on two columns serves a filter on either of them."""
    _fill(amounts=500)
    payments = PaymentByAmount.objects.all()
    return {
        "the first column": _is_looked_up(payments.filter(amount=7)),
        "both": _is_looked_up(payments.filter(amount=7, paid_at__gte=LATE)),
        "both, in the other order in `filter()`": _is_looked_up(payments.filter(paid_at__gte=LATE, amount=7)),
        "the second column": _is_looked_up(payments.filter(paid_at=LATE)),
    }


def leftmost_or_nothing(log):
    """A filter that leaves out the first column cannot use a composite index."""
    _fill(amounts=4)
    return not _is_looked_up(PaymentByAmount.objects.filter(paid_at=LATE))


def it_sorts_as_well(log):
    """An index that ends with the column of `order_by()` gives the rows in that order, and nothing is sorted."""
    _fill(amounts=50)
    payments = PaymentByAmount.objects.order_by("-paid_at")
    return {
        "one amount": not _is_sorted_afterwards(payments.filter(amount=7)[:10]),
        "two amounts, with `__in`": not _is_sorted_afterwards(payments.filter(amount__in=[7, 8])[:10]),
        "a range of amounts, with `__lte`": not _is_sorted_afterwards(payments.filter(amount__lte=7)[:10]),
    }


def _fill(*, amounts):
    """Five thousand payments, a minute apart, of so many different amounts, and nothing else."""
    PaymentByAmount.objects.all().delete()
    PaymentByAmount.objects.bulk_create(
        PaymentByAmount(
            amount=number % amounts, paid_at=FIRST + timedelta(minutes=number), reference="9781400000000"
        )
        for number in range(5_000)
    )
    word = "ANALYZE TABLE" if connection.vendor == "mysql" else "ANALYZE"
    with connection.cursor() as cursor:
        cursor.execute(f"{word} {PaymentByAmount._meta.db_table}")


def _is_looked_up(payments):
    """In the words of SQLite, PostgreSQL and MariaDB."""
    return any(words in payments.explain() for words in ("SEARCH", "Index Cond", " range ", " ref "))


def _is_sorted_afterwards(payments):
    return any(words in payments.explain() for words in ("TEMP B-TREE", "Sort", "filesort"))
