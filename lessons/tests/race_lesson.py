"""A lesson whose sessions race: two sales of one book, which has five copies."""

_SESSIONS = """

def alice():
    return sell()


def bob():
    return sell()
"""
_READ_THEN_WRITE = """\
from library.models import Book


def sell():
    book = Book.objects.only("stock").get(pk=1)
    book.stock -= 1
    book.save(update_fields=["stock"])
    return "sold"
"""
_WRITE = """\
from django.db import transaction
from django.db.models import F

from library.models import Book


def sell():
    with transaction.atomic():
        Book.objects.filter(pk=1).update(stock=F("stock") - 1)
    return "sold"
"""
QUEUED = """\
from django.db import connection, transaction

from library.models import Book


def alice():
    with transaction.atomic():
        return [Book.objects.get(pk=number).pk for number in (1, 2)]


def bob():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE library_book ADD COLUMN mark integer")
"""
_RACE = '''\
from library.models import Book


def watch():
    return list(Book.objects.filter(pk=1).values("title", "stock"))


def invariant():
    """What was sold is no longer there."""
    stock = Book.objects.get(pk=1).stock
    return stock == 3, f"Two were sold, and {stock} of five are left."
'''
_SETUP = """\
from library.models import Book


def setup():
    Book.objects.filter(pk=1).update(stock=5)
"""
_TOML = """\
title = "Two sales in a race"
summary = "Both sell a copy of one book."
rule = "Let the database count."
access = "write"
sessions = ["alice", "bob"]

[variants.naive]
[[variants.naive.races]]
title = "Both look first"
schedule = "alice bob alice bob"
outcome.sqlite = { alice = "committed", bob = "committed", invariant = "broken" }
outcome.postgresql = { alice = "committed", bob = "committed", invariant = "broken" }
outcome.mysql = { alice = "committed", bob = "committed", invariant = "broken" }
[[variants.naive.races]]
title = "One after the other"
schedule = "alice alice bob bob"
isolation = "serializable"
outcome.postgresql = { alice = "committed", bob = "committed", invariant = "kept" }

[variants.optimized]
[[variants.optimized.races]]
title = "Bob waits"
schedule = "alice bob alice bob"
outcome.sqlite = { alice = "committed", bob = "committed", invariant = "kept" }
outcome.postgresql = { alice = "committed", bob = "committed", invariant = "kept" }
outcome.mysql = { alice = "committed", bob = "committed", invariant = "kept" }
"""


def write(course):
    """Make the lesson of the course one of sessions."""
    course.write("lesson.toml", _TOML)
    course.write("naive.py", _READ_THEN_WRITE + _SESSIONS)
    course.write("optimized.py", _WRITE + _SESSIONS)
    course.write("race.py", _RACE)
    course.write("setup.py", _SETUP)
