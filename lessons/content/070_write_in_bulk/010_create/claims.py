from datetime import datetime

from django.db import IntegrityError
from django.db.models import Value
from setup import Stand, Ticket

from library.models import Country, Publisher


def create_is_one_insert(log):
    """`create()` makes an instance and saves it with one INSERT."""
    publisher = Publisher.objects.order_by("pk")[0]
    return {
        "the database makes the key": _one_insert(log, lambda: Country.objects.create(name="Atlantis")),
        "you set the key": _one_insert(log, lambda: Stand.objects.create(number=1, publisher=publisher)),
        "a `default` makes the key": _one_insert(log, lambda: Ticket.objects.create(publisher=publisher)),
    }


def save_does_the_same(log):
    """`create(…)` sends the same statements as making the instance and calling `save()`: one INSERT."""
    publisher = Publisher.objects.order_by("pk")[0]
    return {
        "the database makes the key": _one_insert(log, Country(name="Atlantis").save),
        "you set the key": _one_insert(log, Stand(number=1, publisher=publisher).save),
        "a `default` makes the key": _one_insert(log, Ticket(publisher=publisher).save),
    }


def a_taken_key_is_refused(log):
    """A new instance whose key another row already has cannot be saved: the database refuses it."""
    publisher = Publisher.objects.order_by("pk")[0]
    number = Stand.objects.create(number=1, publisher=publisher, tables=2).number
    code = Ticket.objects.create(publisher=publisher, tables=2).code
    return {
        "`create()`": _is_refused(lambda: Stand.objects.create(number=number, publisher=publisher)),
        "`save()`": _is_refused(Stand(number=number, publisher=publisher).save),
        "`save()`, the key has a default": _is_refused(Ticket(code=code, publisher=publisher).save),
    }


def what_comes_back_is_what_was_saved(log):
    """The instance that `create()` returns holds the values that are now in the table."""
    publisher = Publisher.objects.order_by("pk")[0]
    text = Stand.objects.create(number=1, publisher=publisher, tables="2")
    expression = Stand.objects.create(number=2, publisher=publisher, tables=Value(1) + Value(1))
    return {
        "a number given as a number": Stand.objects.create(number=3, publisher=publisher, tables=2).tables == 2,
        "a number given as text": text.tables == 2,
        "an expression": expression.tables == 2,
        "a `default`": Stand.objects.create(number=4, publisher=publisher).tables == 1,
        "a `db_default`": isinstance(Stand.objects.create(number=5, publisher=publisher).reserved_at, datetime),
    }


def _one_insert(log, save):
    before = len(log)
    save()
    return [query.sql.split()[0] for query in list(log)[before:]] == ["INSERT"]


def _is_refused(save):
    try:
        save()
    except IntegrityError:
        return True
    return False
