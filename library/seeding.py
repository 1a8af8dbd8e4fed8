"""Fills the bookstore tables of any connection, empties them, and tells whether two have the same rows."""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import islice
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from library import words
from library.models import Author, Book, Country, Customer, Genre, Profile, Publisher, Review, Sale, Wallet
from library.rows import Rows

SEED = 7
BATCH = 2_000  # rows


def tables() -> list[type[Model]]:
    """The bookstore's models in an order in which their rows can be inserted, automatic ones included."""
    models = apps.get_app_config("library").get_models(include_auto_created=True)
    return sorted(models, key=lambda model: bool(model._meta.auto_created))


def sizes(books: int) -> dict[type[Model], int]:
    """The number of rows of each model in a bookstore of `books`."""
    if books < 1:
        raise ValueError(f"A bookstore has at least 1 book, and {books} were asked for. Ask for 1 or more.")
    authors, customers = max(3, books // 2), max(5, books // 2)
    return {
        Country: len(words.COUNTRIES),
        Author: authors,
        Profile: authors,
        Publisher: max(3, books // 20),
        Genre: len(words.GENRES),
        Book: books,
        Customer: customers,
        Wallet: customers,
        Sale: 3 * books,
        Review: 2 * books,
        Book.genres.through: books + books // 3 * 3 + (0, 1, 3)[books % 3],  # book i has 1 + i % 3
    }


def total_rows(books: int) -> int:
    return sum(sizes(books).values())


def fill(
    connection: BaseDatabaseWrapper,
    *,
    books: int,
    seed: int = SEED,
    progress: Callable[[int], object] | None = None,
) -> None:
    """Write a bookstore of `books` into the empty tables of `connection`: all of it, or nothing.

    progress: called with the number of rows just written. Raises ValueError if `books` is below 1.
    """
    rows = Rows(sizes(books), seed)
    with _atomic(connection), connection.cursor() as cursor:
        for model in tables():
            stream = rows.of(model)
            while batch := list(islice(stream, BATCH)):
                _insert(connection, cursor, model, batch)
                if progress:
                    progress(len(batch))
        for statement in connection.ops.sequence_reset_sql(no_style(), tables()):
            cursor.execute(statement)


def clear(connection: BaseDatabaseWrapper) -> None:
    """Empty the bookstore tables of `connection`; the next row gets primary key 1 again."""
    names = [model._meta.db_table for model in reversed(tables())]
    with _atomic(connection), connection.cursor() as cursor:
        for statement in connection.ops.sql_flush(no_style(), names, reset_sequences=True):
            cursor.execute(statement)


def digest(connection: BaseDatabaseWrapper) -> str:
    """SHA-256, in hexadecimal, of all rows: the same on every engine for the same bookstore."""
    rows_digest = hashlib.sha256()
    for model in tables():
        rows_digest.update(model._meta.label.encode())
        # A compiler takes the connection itself, where `using()` takes an alias; its values are Python's.
        query = model._base_manager.order_by("pk").values_list().query
        for row in query.get_compiler(connection=connection).results_iter(chunked_fetch=True):
            rows_digest.update(json.dumps(row, cls=DjangoJSONEncoder).encode())
    return rows_digest.hexdigest()


def _insert(connection: BaseDatabaseWrapper, cursor: Any, model: type[Model], rows: list[tuple]) -> None:
    quote, fields = connection.ops.quote_name, model._meta.concrete_fields
    table = quote(model._meta.db_table)
    columns = ", ".join(quote(field.column) for field in fields)
    if not hasattr(cursor, "copy"):
        values = ", ".join(["%s"] * len(fields))
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({values})", rows)
        return
    with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _atomic(connection: BaseDatabaseWrapper) -> AbstractContextManager[None]:
    """`transaction.atomic`, which finds connections by alias, for one that may have none."""
    return _savepoint(connection) if connection.in_atomic_block else _transaction(connection)


@contextmanager
def _savepoint(connection: BaseDatabaseWrapper) -> Iterator[None]:
    savepoint = connection.savepoint()
    try:
        yield
    except BaseException:
        connection.savepoint_rollback(savepoint)
        raise
    connection.savepoint_commit(savepoint)


@contextmanager
def _transaction(connection: BaseDatabaseWrapper) -> Iterator[None]:
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    try:
        yield
        connection.commit()
    except BaseException:
        connection.rollback()
        raise
    finally:
        connection.set_autocommit(True)
