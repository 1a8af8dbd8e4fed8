"""What is in the database: every table, with its columns, indexes and first rows."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connections

_ROWS = 20
_OURS = ("django_", "queryshelf_")  # as the names of tables begin that are no one's models


@dataclass(frozen=True, kw_only=True)
class Column:
    name: str
    kind: str  # as the database has it
    is_null: bool
    is_key: bool  # the primary key, or part of it
    leads_to: str | None  # the table of a foreign key


@dataclass(frozen=True, kw_only=True)
class Index:
    name: str
    columns: tuple[str, ...]
    is_unique: bool


@dataclass(frozen=True, kw_only=True)
class Table:
    name: str
    rows: int
    columns: tuple[Column, ...]
    indexes: tuple[Index, ...]
    first: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Database:
    tables: tuple[Table, ...]
    bytes: int


def after(rows: Iterator[Any]) -> Database:
    """The database once all rows of a run were read, which is its end. For lab.running.differing.with_rows()."""
    deque(rows, maxlen=0)
    return look()


def look() -> Database:
    connection = connections["default"]
    names = sorted(connection.introspection.table_names())
    with connection.cursor() as cursor:
        tables = tuple(_table(connection, cursor, name) for name in names if not name.startswith(_OURS))
        cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        [size] = cursor.fetchone()
    return Database(tables=tables, bytes=size)


def _table(connection: Any, cursor: Any, name: str) -> Table:
    quoted = connection.ops.quote_name(name)
    constraints = connection.introspection.get_constraints(cursor, name)
    cursor.execute(f"SELECT COUNT(*) FROM {quoted}")
    [rows] = cursor.fetchone()
    cursor.execute(f"SELECT * FROM {quoted} LIMIT {_ROWS}")
    first = tuple(map(tuple, cursor.fetchall()))
    cursor.execute(f"PRAGMA table_info({quoted})")
    leads = {each["columns"][0]: each["foreign_key"][0] for each in constraints.values() if each["foreign_key"]}
    columns = tuple(
        Column(name=column, kind=kind, is_null=not (must or key), is_key=bool(key), leads_to=leads.get(column))
        for _, column, kind, must, _, key in cursor.fetchall()
    )
    return Table(name=name, rows=rows, columns=columns, indexes=tuple(_indexes(constraints)), first=first)


def _indexes(constraints: dict[str, Any]) -> Iterator[Index]:
    for name, each in constraints.items():
        if each["index"] or (each["unique"] and not each["primary_key"]):
            yield Index(name=name, columns=tuple(each["columns"]), is_unique=each["unique"])
