from random import uniform
from time import sleep

from django.db import OperationalError, transaction

# After these the database has not committed: deadlock, serialization failure and lock timeout on PostgreSQL, then
# deadlock, changed row and lock timeout on MariaDB, and “database is locked” on SQLite.
NOT_COMMITTED = {"40P01", "40001", "55P03", 1213, 1020, 1205, "SQLITE_BUSY"}


def in_a_transaction(function, *arguments, attempts=3):
    """Call the function in a transaction, and again in a new one after an error that may have passed then."""
    for attempt in range(1, attempts):
        try:
            with transaction.atomic(durable=True):
                return function(*arguments)
        except OperationalError as error:
            if code_of(error) not in NOT_COMMITTED:
                raise
        sleep(uniform(0, 0.02 * 2**attempt))
    with transaction.atomic(durable=True):
        return function(*arguments)


def code_of(error):
    driver_error = error.__cause__
    code = getattr(driver_error, "sqlstate", None) or getattr(driver_error, "sqlite_errorname", None)
    return code or driver_error.args[0]
