from datetime import UTC, datetime, timedelta
from uuid import uuid4

from django.db import DatabaseError, NotSupportedError, connection, models, transaction
from django.db.models import functions
from django.test.utils import isolate_apps
from setup import Order, RandomOrder, uuid7

from library.models import Book

_ROWS = 7_000


def twice_the_room(log):
    """Random keys make the index of the primary key twice as large."""
    ratio = _bytes(RandomOrder) / _bytes(Order)
    return {"twice as large": ratio > 1.9, "larger by a tenth": ratio > 1.1}


def they_tell_nothing(log):
    """A UUID in an address tells a visitor nothing about the row."""
    return {"version 4": not _tells_the_time(uuid4()), "version 7": not _tells_the_time(uuid7())}


@isolate_apps("library")
def no_key_before_save(log):
    """A new object has no key before `save()`, so `if not self.pk` tells that it is new."""

    class Ticket(models.Model):
        id = models.UUIDField(primary_key=True, db_default=models.Value(uuid4()))

        class Meta:
            app_label = "library"

        def __str__(self):
            return f"{self.pk}"

    return {
        "a key of `BigAutoField`": not Book().pk,
        "`default=uuid7`": not Order().pk,
        "`db_default=…`": not Ticket().pk,
    }


def default_is_enough(log):
    """With `default=` each row gets its key, whoever inserts it."""
    return {
        "`default=uuid4`: `create()`": RandomOrder.objects.create(number=1).pk is not None,
        "`default=uuid4`: `bulk_create()`": RandomOrder.objects.bulk_create([RandomOrder(number=1)])[0].pk
        is not None,
        "`default=uuid4`: an INSERT in SQL": _inserts_by_itself("ticket", default=uuid4),
        "`db_default=UUID4()`: an INSERT in SQL": _inserts_by_itself("ticket_4", db_default=_function("UUID4")),
        "`db_default=UUID7()`, on PostgreSQL 18: an INSERT in SQL": connection.vendor == "postgresql"
        and _inserts_by_itself("ticket_7", db_default=_function("UUID7")),
    }


def _bytes(model):
    """What the index of the key takes after some thousand rows, a hundred at a time."""
    table = model._meta.db_table
    with connection.schema_editor() as editor:
        editor.delete_model(model)
        editor.create_model(model)
    for start in range(0, _ROWS, 100):
        model.objects.bulk_create([model(number=number) for number in range(start, start + 100)])
    size = {
        "sqlite": f"SELECT SUM(pgsize) FROM dbstat WHERE name = 'sqlite_autoindex_{table}_1'",
        "postgresql": f"SELECT pg_relation_size('{table}_pkey')",
        "mysql": "SELECT data_length FROM information_schema.tables"
        f" WHERE table_schema = DATABASE() AND table_name = '{table}'",
    }
    with connection.cursor() as cursor:
        if connection.vendor == "mysql":
            cursor.execute(f"ANALYZE TABLE {table}")
            cursor.fetchall()
        cursor.execute(size[connection.vendor])
        return int(cursor.fetchone()[0])


def _tells_the_time(key):
    """Whether its first 48 bits are the milliseconds since 1970, to the minute."""
    moment = (
        datetime.fromtimestamp((key.int >> 80) / 1_000, UTC)
        if key.int >> 80 < 2**42
        else datetime.max.replace(tzinfo=UTC)
    )
    return abs(datetime.now(UTC) - moment) < timedelta(minutes=1)


def _function(name):
    function = getattr(functions, name, None)  # new in Django 6.1
    return function and function()


@isolate_apps("library")
def _inserts_by_itself(table, **options):
    if options.get("db_default", True) is None:
        return False

    class Ticket(models.Model):
        id = models.UUIDField(primary_key=True, **options)
        number = models.PositiveIntegerField()

        class Meta:
            app_label = "library"
            db_table = table

        def __str__(self):
            return f"{self.number}"

    try:
        with connection.schema_editor() as editor:
            editor.create_model(Ticket)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {table} (number) VALUES (1)")
    except (DatabaseError, NotSupportedError):
        return False
    return Ticket.objects.filter(pk__isnull=False).exists()
