import random
import time

from django.db import OperationalError, transaction

from library.models import Book

# After these errors the database has rolled back for certain: deadlock, serialization failure (PostgreSQL), then
# deadlock, record changed since last read (MariaDB). After a lost connection nobody knows.
ROLLED_BACK = {"40P01", "40001", 1213, 1020}


def take_off_sale(edition):
    with transaction.atomic(durable=True):
        editions = Book.objects.filter(pk__in=[1, 2]).order_by("pk").only("pk")
        if len(editions.filter(is_published=True)) < 2:
            return "stays on sale"
        Book.objects.filter(pk=edition).update(is_published=False)
    return "taken off sale"


def with_retry(change, *arguments, attempts=3):
    for attempt in range(1, attempts):
        try:
            return change(*arguments)
        except OperationalError as error:
            if code_of(error) not in ROLLED_BACK:
                raise
        time.sleep(random.uniform(0, 0.02 * 2**attempt))
    return change(*arguments)


def code_of(error):
    driver_error = error.__cause__
    return getattr(driver_error, "sqlstate", None) or driver_error.args[0]


def alice():
    return with_retry(take_off_sale, 1)


def bob():
    return with_retry(take_off_sale, 2)


def carol():
    """Takes no part."""
