from django.db import connection
from django.db.models import F

from library.models import Book


def give_up_after(seconds):
    """Wait no longer for a lock, on this connection."""
    name = "innodb_lock_wait_timeout" if connection.vendor == "mysql" else "lock_timeout"
    value = seconds if connection.vendor == "mysql" else f"'{seconds}s'"
    with connection.cursor() as cursor:
        cursor.execute(f"SET {name} = {value}")


def take_a_copy(book_id):
    Book.objects.filter(pk=book_id).update(stock=F("stock") - 1)


def setup():
    """Ten copies of each of the two books."""
    Book.objects.filter(pk__lte=2).update(stock=10)
