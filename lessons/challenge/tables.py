"""What a run leaves in the tables: a challenge whose code writes compares that too."""

from collections import Counter, deque
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db import connections
from django.db.models import NOT_PROVIDED, AutoField, Field

from lab.running.differing import with_rows
from lessons.course.contract import Variant
from lessons.runs.code import models_of
from lessons.runs.shelved import ShelvedLesson

Tally = Counter[tuple[Any, ...]]


def tables_after(shelved: ShelvedLesson, variant: Variant) -> dict[str, Tally]:
    """Return {table: its rows, each with how often it is there} after a run of the variant on a copy of its own.

    Columns that fill themselves are left out: numbers of rows, and the time at which one was written.
    """
    models: list[Any] = models_of(shelved.lesson)
    columns = {
        model._meta.db_table: [field.column for field in model._meta.local_concrete_fields if not _fills(field)]
        for model in models
        if not model._meta.proxy
    }
    after: dict[str, Tally] = shelved.run(with_rows, variant, take=partial(_tallies, columns))
    return after


def _fills(field: Field) -> bool:
    """Whether a row that does not name its value has one of its own."""
    of_the_clock = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    by_itself = callable(field.default) or field.db_default is not NOT_PROVIDED
    return isinstance(field, AutoField) or of_the_clock or by_itself


def _tallies(columns: dict[str, list[str]], rows: Iterator[Any]) -> dict[str, Tally]:
    deque(rows, maxlen=0)  # the run ends with its last row
    there = connections["default"].introspection.table_names()
    return {table: _tally(table, names) for table, names in columns.items() if table in there}


def _tally(table: str, columns: list[str]) -> Tally:
    connection = connections["default"]
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(map(quote, columns)) or '1'} FROM {quote(table)}")
        return Counter(cursor.fetchall())
