from zlib import crc32

from bestsellers import replace_list
from django.db import connection, transaction

KEY = crc32(b"bestsellers")


def rebuild():
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [KEY])
        replace_list()
    return "rebuilt"


def alice():
    return rebuild()


def bob():
    return rebuild()
