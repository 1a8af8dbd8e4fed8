from contextlib import contextmanager
from zlib import crc32

from django.db import connection


@contextmanager
def try_lock(name):
    """Hold a lock with a name for the block, or find that somebody else holds it: give whether it is ours."""
    if connection.vendor == "postgresql":
        lock, unlock, key = "pg_try_advisory_lock(%s)", "pg_advisory_unlock(%s)", crc32(name.encode())
    else:
        lock, unlock, key = "GET_LOCK(%s, 0)", "RELEASE_LOCK(%s)", f"{connection.settings_dict['NAME']}.{name}"
    is_ours = _ask(lock, key)
    try:
        yield is_ours
    finally:
        if is_ours:
            _ask(unlock, key)


def _ask(function, key):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}", [key])
        return bool(cursor.fetchone()[0])
