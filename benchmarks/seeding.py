"""Seeding a shelf ÷ its floor: the very same rows, ready-made, by a raw executemany (SQLite) or COPY (PostgreSQL).

The shelf is what `seed_library` makes: rows invented, migrations, constraints and statistics included. The floor
writes into tables with the same keys and indexes, in one transaction.
"""

import gc
import os
import shutil
import tempfile
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median

from django.conf import settings
from django.test.utils import override_settings

from benchmarks.figure import Figure, NotMeasured, at_most
from benchmarks.pairs import seconds
from lab.engines import get_engine
from lab.exceptions import EngineUnavailable
from lab.shelves import Shelf
from library import seeding
from library.rows import Rows

BOOKS = 100_000
ROUNDS = 3


def figures():
    for books in [BOOKS] + ([1_000_000] if os.environ.get("MILLION") else []):
        rounds = ROUNDS if books == BOOKS else 1
        folder = Path(tempfile.mkdtemp(prefix="queryshelf-bench-", dir=settings.DATA_DIR))
        folder.chmod(0o755)  # as root, the embedded PostgreSQL runs as another user
        try:
            with override_settings(DATA_DIR=folder, POSTGRES_URL=""):
                for name, floor in FLOORS.items():
                    yield _compare(name, floor, books, rounds)
        finally:
            while folder.exists():  # until PostgreSQL has seen that its folder is gone
                shutil.rmtree(folder, ignore_errors=True)


def _compare(name, floor, books, rounds):
    engine, shelf = get_engine(name), Shelf(books=books, engine_name=name)
    try:
        engine.version()
    except EngineUnavailable as error:
        return NotMeasured(name=f"seeding {books:,} books, {engine.label}", why=str(error))
    pairs = [(seconds(shelf.build), floor(engine, books)) for _ in range(rounds)]
    engine.drop(books)
    whole, bare = (median(each) for each in zip(*pairs, strict=True))
    return Figure(
        name=f"seeding {books:,} books, {engine.label}",
        ours=whole,
        peer=bare,
        ratio=median(ours / floor for ours, floor in pairs),
        versus="the same rows, ready-made, by the driver’s fastest way",
        unit="s",
        goal=at_most(2),
        means="How near a shelf is to the least that its rows take: `executemany()` on SQLite and `COPY` on "
        "PostgreSQL, into tables with the same keys and indexes. A shelf also invents the rows, migrates and "
        "has statistics.",
    )


def _ready_made(books):
    """Yield (table, columns, rows), every value as the driver takes it."""
    rows = Rows(seeding.sizes(books), seeding.SEED)
    for model in seeding.tables():
        columns = [field.column for field in model._meta.concrete_fields]
        made = list(rows.of(model))
        gc.freeze()  # millions of tuples would make the collector part of the floor
        yield model._meta.db_table, columns, made


def _sqlite(engine, books):
    with _empty(engine) as connection:
        raw, took = connection.connection, 0
        raw.execute("BEGIN")
        for table, columns, rows in _ready_made(books):
            marks = ", ".join("?" * len(columns))
            insert = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"
            took += seconds(partial(raw.executemany, insert, rows))
        return took + seconds(raw.commit)


def _postgresql(engine, books):
    def copy(table, columns, rows):
        with raw.cursor().copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copying:
            for row in rows:
                copying.write_row(row)

    with _empty(engine) as connection:
        raw, took = connection.connection, 0
        raw.autocommit = False
        for table in _ready_made(books):
            took += seconds(partial(copy, *table))
        return took + seconds(raw.commit)


@contextmanager
def _empty(engine):
    """A connection to a database with the bookstore's tables and nothing in them."""
    shelf = Shelf(books=1, engine_name=engine.name)
    shelf.build()
    with shelf.open("write") as connection:
        seeding.clear(connection)
        yield connection
    engine.drop(1)


FLOORS = {"sqlite": _sqlite, "postgresql": _postgresql}
