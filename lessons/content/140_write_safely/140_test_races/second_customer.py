from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from django.db import OperationalError, connection

LOCK_TIMEOUT = {
    "postgresql": "SET lock_timeout = '200ms'",
    "mysql": "SET innodb_lock_wait_timeout = 0",  # MySQL, not run here, waits for a second
}


def elsewhere(function):
    """What the function returns on another connection: a thread has one of its own."""

    def call():
        try:
            with connection.cursor() as cursor:
                cursor.execute(LOCK_TIMEOUT[connection.vendor])
            return function()
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=1) as threads:
        return threads.submit(call).result()


def with_a_second_customer(sell):
    """Sell to one customer. When that one's SELECT has run, sell to another one first."""
    has_come, seconds = [], []

    def let_the_second_in(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if sql.startswith("SELECT") and not has_come:
            has_come.append(True)
            with suppress(OperationalError):  # a lock keeps the second customer waiting
                seconds.append(elsewhere(sell))
        return result

    with connection.execute_wrapper(let_the_second_in):
        first = sell()
    return [first, *(seconds or [elsewhere(sell)])]
