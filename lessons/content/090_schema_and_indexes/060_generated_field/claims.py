from decimal import Decimal

from django.core.exceptions import FieldError
from django.db import DatabaseError, NotSupportedError, connection, models
from django.db.models import DecimalField, F
from setup import Pile


def computed_is_the_field(log):
    """For a computed column use `Computed` from `django.db.models`, or a field with `computed=…` (Django 5.1)."""
    try:
        DecimalField(max_digits=12, decimal_places=2, computed=F("price") * F("copies"))
    except TypeError:
        return hasattr(models, "Computed")
    return True


def it_is_up_to_date(log):
    """The database computes the value, so it is always right."""
    pile = Pile.objects.create(isbn="9780000000000", price=Decimal("9.50"), copies=2)
    created = pile.worth
    pile.copies = 4
    changed = pile.worth
    pile.save()
    saved = pile.worth
    Pile.objects.filter(pk=pile.pk).update(copies=8)
    return {
        "after `create()`": created == 19,
        "after an attribute has changed": changed == 38,
        "after `save()`": saved == 38,
        "in the table, after `update()`": Pile.objects.get(pk=pile.pk).worth == 76,
    }


def after_save_it_costs_nothing(log):
    """After `save()` the instance has the new value without another query."""
    pile = Pile.objects.create(isbn="9780000000000", price=Decimal("9.50"), copies=2)
    pile.copies = 4
    pile.save()
    before = len(log)
    return pile.worth == 38 and len(log) == before


def writing_it_is_an_error(log):
    """Django raises an error when you write a value to a generated field."""
    try:
        pile = Pile.objects.create(isbn="9780000000000", price=Decimal("9.50"), copies=2, worth=1_000_000)
        Pile.objects.filter(pk=pile.pk).update(worth=1_000_000)
    except (DatabaseError, FieldError, TypeError, ValueError):
        return True
    return Pile.objects.get(pk=pile.pk).worth != 19


def the_expression_is_recognised(log):
    """A filter by the expression uses the index on the generated column."""
    _fill()
    piles = Pile.objects.annotate(product=F("price") * F("copies"))
    return {
        "`filter(worth__gte=…)`": _is_looked_up(Pile.objects.filter(worth__gte=29_000)),
        "`filter(product__gte=…)`, the same expression": _is_looked_up(piles.filter(product__gte=29_000)),
    }


def stored_or_virtual(log):
    """A column that is computed at each read (`db_persist=False`) can have an index like any other."""
    table = Pile._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"ALTER TABLE {table} ADD COLUMN product numeric(12, 2) GENERATED ALWAYS AS (price * copies) VIRTUAL"
        )
        try:
            cursor.execute(f"CREATE INDEX pile_product ON {table} (product)")
        except NotSupportedError:
            return False
    return True


def _fill():
    Pile.objects.all().delete()
    Pile.objects.bulk_create(Pile(isbn=str(number), price=10, copies=number) for number in range(3_000))
    word = "ANALYZE TABLE" if connection.vendor == "mysql" else "ANALYZE"
    with connection.cursor() as cursor:
        cursor.execute(f"{word} {Pile._meta.db_table}")


def _is_looked_up(piles):
    """In the words of SQLite, PostgreSQL and MariaDB."""
    return any(words in piles.explain() for words in ("SEARCH", "Index Cond", " range "))
