"""What every engine promises, tried on each that is at hand."""

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connections
from django.db.models import Max

from lab.conftest import Snippet
from lab.engines import NAMES, all_engines, get_engine
from lab.engines.base import Copy
from lab.engines.sql import execute, query
from lab.engines.tests.leftovers import leftovers
from lab.exceptions import EngineUnavailable, ShelfMissing, ShelfStale, UnknownEngine
from lab.recording.bounds import Bounds
from lab.recording.report import Status
from lab.running import runner
from lab.shelves import Shelf
from library import seeding
from library.models import Book, Review

servers = pytest.mark.parametrize("engine", ["postgresql", "mysql"], indirect=True)


@pytest.fixture
def shelf(engine_shelves):
    return engine_shelves[10]


@pytest.fixture
def snippet(shelf, tmp_path):
    return Snippet(tmp_path, shelf)


@pytest.fixture
def extra(engine):
    """A shelf of 3 books that the test may spoil."""
    shelf = Shelf(books=3, engine_name=engine.name)
    shelf.build()
    yield shelf
    engine.drop(3)


def test_the_same_rows_as_on_sqlite(engine_shelves, shelves):
    for size, shelf in engine_shelves.items():
        with shelf.open() as connection, shelves[size].open() as sqlite:
            assert seeding.digest(connection) == seeding.digest(sqlite)


def test_sizes_are_those_of_the_shelves(engine, engine_shelves):
    assert [size for size in engine.sizes() if size in engine_shelves] == sorted(engine_shelves)
    assert all(engine.disk_bytes(size) > 10_000 for size in engine_shelves)


@pytest.mark.parametrize(
    "write",
    [
        "Genre.objects.create(name='Opera')",
        "Genre.objects.filter(pk=1).delete()",
        "connection.cursor().execute('DELETE FROM library_review')",
        "connection.cursor().execute('CREATE TABLE mine (id int)')",
    ],
)
def test_read_refuses_a_write(snippet, write):
    report = snippet.record(
        f"""
        from django.db import connection
        from library.models import Genre

        def run():
            try:
                {write}
            except Exception:
                pass
        """
    )
    assert report.error_type == "UndeclaredWrite"
    assert 'access = "write"' in report.error


def test_write_happens_to_a_copy_that_is_dropped(engine, shelf):
    before = engine.checksum(10)
    with shelf.open("write") as connection:
        Review.objects.all().delete()
        assert not Review.objects.exists()
        assert len(leftovers(engine)) == 1
        connection.check_constraints()
    assert leftovers(engine) == []
    assert engine.checksum(10) == before


def test_copy_is_dropped_after_an_error(engine, shelf):
    with pytest.raises(ZeroDivisionError), shelf.open("write"):
        raise ZeroDivisionError
    assert leftovers(engine) == []


def test_copy_goes_on_counting_where_the_shelf_stopped(shelf):
    with shelf.open("write"):
        last = Review.objects.aggregate(Max("pk"))["pk__max"]
        made = Review.objects.create(book_id=1, customer_id=1, rating=3)
        assert made.pk == last + 1


def test_copy_keeps_foreign_keys(shelf):
    with shelf.open("write") as connection:
        tables = connection.introspection.get_relations(connection.cursor(), "library_book")
    assert {"author_id", "publisher_id", "editor_id"} <= set(tables)


def test_copy_of_a_prepared_shelf_has_its_generated_columns(shelf):
    def prepare():
        execute(connections["default"], f"CREATE TABLE piles (copies integer, {twice})")
        execute(connections["default"], "INSERT INTO piles (copies) VALUES (4)")

    twice = "twice integer GENERATED ALWAYS AS (copies * 2) STORED"
    with shelf.copy(prepare=prepare) as template, shelf.open("write", template=template) as connection:
        assert list(query(connection, "SELECT copies, twice FROM piles")) == [(4, 8)]


def test_two_writers_have_two_copies(engine, shelf):
    with shelf.open("write"):
        Book.objects.filter(pk=1).update(title="Mine")
        with shelf.open("write"):
            assert not Book.objects.filter(title="Mine").exists()
            assert len(leftovers(engine)) == 2
        assert Book.objects.filter(title="Mine").exists()
    assert leftovers(engine) == []


def test_writing_while_others_read(shelf):
    with shelf.open() as reader:
        reader.ensure_connection()
        with shelf.open("write"):
            Review.objects.all().delete()
        assert Review.objects.exists()


BUMP = {
    "sqlite": "UPDATE sqlite_sequence SET seq = 50 WHERE name = 'library_book'",
    "postgresql": "ALTER SEQUENCE library_book_id_seq RESTART WITH 50",
    "mysql": "ALTER TABLE library_book AUTO_INCREMENT = 50",
}


def test_checksum_sees_a_row_and_a_sequence(engine, extra):
    sums = {engine.checksum(3)}
    shelf = Copy(engine, engine._path(3) if engine.name == "sqlite" else engine._shelf(3))
    for change in ("UPDATE library_book SET pages = pages + 1 WHERE id = 1", BUMP[engine.name]):
        with shelf.connect() as connection, connection.cursor() as cursor:
            cursor.execute(change)
        sums.add(engine.checksum(3))
    assert len(sums) == 3


def test_shelf_is_replaced_only_when_whole(engine, extra, monkeypatch):
    def fail(*args, **kwargs):
        raise OperationalError("database or disk is full")

    before = engine.checksum(3)
    monkeypatch.setattr(seeding, "fill", fail)
    with pytest.raises(OperationalError):
        extra.build(seed=8)
    assert engine.checksum(3) == before
    assert leftovers(engine) == []


def test_shelf_is_replaced_under_a_reader(engine, extra):
    with extra.open() as reader:
        reader.ensure_connection()
        extra.build(seed=8)
    assert extra.seed() == 8


def test_shelf_missing_says_how_to_make_it(engine, engine_shelves):
    for access in ("read", "write"):
        with (
            pytest.raises(ShelfMissing, match=f"seed_library --engine {engine.name} --books 11"),
            Shelf(books=11, engine_name=engine.name).open(access),
        ):
            pass


def test_shelf_of_other_models_is_stale(extra, monkeypatch):
    monkeypatch.setattr("lab.shelves.fingerprint", lambda: "of tomorrow")
    assert not extra.is_current()
    with pytest.raises(ShelfStale, match="--books 3"), extra.open():
        pass


def test_long_statement_is_stopped(snippet, engine_shelves):
    snippet.shelf = engine_shelves[1_000]
    report = snippet.record(
        """
        from django.db import connection

        def run():
            with connection.cursor() as cursor:
                cursor.execute("SELECT COUNT(*) FROM library_sale a, library_sale b, library_sale c")
                yield cursor.fetchone()
        """,
        bounds=Bounds(seconds=0.4),
    )
    assert report.status == Status.STOPPED
    assert "0.4 seconds" in report.error
    assert report.wall_ns < 5e9


def test_transactions_are_seen_and_not_counted(shelf, snippet):
    report = snippet.record(
        """
        from django.db import transaction
        from library.models import Genre

        def run():
            with transaction.atomic():
                Genre.objects.filter(pk=1).update(name="Opera")
                with transaction.atomic():
                    Genre.objects.filter(pk=2).update(name="Ballet")
        """,
        access="write",
    )
    assert [group.sql.split()[0] for group in report.groups] == [
        "BEGIN",
        "UPDATE",
        "SAVEPOINT",
        "UPDATE",
        "RELEASE",
        "COMMIT",
    ]
    assert report.queries == 2


def test_ten_readers_on_mixed_engines(shelves_everywhere):
    """Each thread's `connections["default"]` is its own shelf, whatever the others run on."""
    found, failed = {}, []

    def read(number):
        size, name = (10, 37, 100, 1_000)[number % 4], NAMES[number % 3]
        try:
            with shelves_everywhere[name][size].open("write" if number % 5 == 0 else "read") as connection:
                for _ in range(2):
                    titles = [(book.title, book.author.name) for book in Book.objects.order_by("pk")]
                    found.setdefault((size, len(titles)), set()).add((connection.vendor, hash(tuple(titles))))
        except Exception as error:  # a thread's failure would be lost
            failed.append(error)

    threads = [threading.Thread(target=read, args=[number]) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert all(size == rows for size, rows in found)
    assert all(len({digest for _, digest in digests}) == 1 for digests in found.values())
    assert {vendor for digests in found.values() for vendor, _ in digests} == set(NAMES)
    assert [leftovers(engine) for engine in all_engines()] == [[], [], []]


def test_killed_run_leaves_no_copy_after_the_next_start(engine, engine_shelves):
    code = """
        import signal, sys, django
        django.setup()
        from lab.shelves import Shelf
        with Shelf(books=10, engine_name=sys.argv[1]).open("write") as connection:
            connection.cursor().execute("DELETE FROM library_review")
            print("writing", flush=True)
            signal.pause()
    """
    command = [sys.executable, "-c", textwrap.dedent(code), engine.name]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout.readline() == "writing\n"
    assert len(leftovers(engine)) == 1
    engine.sweep()
    assert len(leftovers(engine)) == 1  # its process lives
    process.send_signal(signal.SIGKILL)
    process.communicate()
    for _ in range(100):  # a server notices in a moment that its client has gone
        engine.sweep()
        if not leftovers(engine):
            break
        time.sleep(0.1)
    assert leftovers(engine) == []


@servers
def test_first_use_sweeps(engine, engine_shelves):
    with engine._admin() as admin:
        engine._create(admin, f"{engine.address.prefix}_scratch_left")
    assert len(leftovers(engine)) == 1
    fresh = type(engine)(engine.address, engine.edition)
    fresh.sizes()
    assert leftovers(engine) == []


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_shutdown_is_taken_for_a_lost_server(engine, engine_shelves, monkeypatch):
    monkeypatch.setattr(engine, "_answers", lambda: False)
    with pytest.raises(EngineUnavailable), engine.reader(10) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    assert engine.version()


@servers
def test_first_use_leaves_what_others_work_on(engine, shelf):
    with shelf.open("write"):
        type(engine)(engine.address, engine.edition).sizes()
        assert Book.objects.count() == 10


@servers
@pytest.mark.parametrize("access", ["read", "write"])
@pytest.mark.parametrize("on_error", ["raise", "pass"])
def test_lost_connection_is_told_in_words(engine, snippet, on_error, access, monkeypatch):
    """A server that is stopped ends the connections, and answers nobody."""
    monkeypatch.setattr(engine, "_answers", lambda: False)
    end = {"postgresql": "SELECT pg_terminate_backend(pg_backend_pid())", "mysql": "KILL CONNECTION_ID()"}
    with pytest.raises(EngineUnavailable, match=f"{engine.label} does not answer"):
        snippet.record(
            f"""
            from django.db import connection, transaction
            from library.models import Book

            def run():
                try:
                    with transaction.atomic():
                        Book.objects.count()
                        connection.cursor().execute("{end[engine.name]}")
                        Book.objects.count()
                except Exception:
                    {on_error}
            """,
            access=access,
        )
    assert "does not answer" in engine.off()
    with snippet.shelf.open():
        assert Book.objects.count() == 10
    assert engine.off() is None


@servers
def test_shelf_that_is_made_twice_at_once_is_whole(engine):
    def build():
        engine.build(4, lambda connection: execute(connection, "CREATE TABLE facts (id integer)"))

    for _ in range(3):
        with ThreadPoolExecutor(3) as pool:
            assert [made.result() for made in [pool.submit(build) for _ in range(3)]] == [None] * 3
        with engine.reader(4) as reader:
            assert query(reader, "SELECT count(*) FROM facts")[0][0] == 0
    engine.drop(4)
    assert leftovers(engine) == []


def test_unknown_engine_lists_those_there():
    with pytest.raises(UnknownEngine, match="Choose one of: sqlite, postgresql, mysql"):
        get_engine("oracle")


@pytest.mark.parametrize(
    ("name", "setting", "url", "reason"),
    [
        ("mysql", "MYSQL_URL", "", "MYSQL_URL names no server"),
        ("mysql", "MYSQL_URL", "localhost:3306", "MYSQL_URL is not a server's address. Write it like mysql://"),
        ("postgresql", "POSTGRES_URL", "mysql://me@here/x", "Write it like postgres://"),
        ("postgresql", "POSTGRES_URL", "postgres://me@here", "POSTGRES_URL names no database"),
        ("mysql", "MYSQL_URL", "mysql://me@127.0.0.1:1/x", "Start the server, or mend MYSQL_URL"),
        ("postgresql", "POSTGRES_URL", "postgres://me@127.0.0.1:1/x", "Start the server, or mend POSTGRES_URL"),
    ],
)
def test_engine_that_cannot_be_reached_says_why_and_what_to_do(databases, settings, name, setting, url, reason):
    setattr(settings, setting, url)
    engine = get_engine(name)
    with pytest.raises(EngineUnavailable, match=reason):
        engine.sizes()
    assert reason in engine.off()


def test_missing_driver_says_what_to_install(databases, settings, monkeypatch):
    settings.MYSQL_URL = "mysql://me@127.0.0.1:3306/x"
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    engine = get_engine("mysql")
    with pytest.raises(EngineUnavailable, match=r"pip install -r requirements-mysql\.txt"):
        engine.sizes()
    assert "requirements-mysql.txt" in engine.off()


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_named_postgresql_server(engine, settings):
    """POSTGRES_URL takes the place of the embedded one: here it names it, with a database of its own."""
    embedded = engine
    with embedded._admin() as admin:
        embedded._create(admin, "a_school")
    settings.POSTGRES_URL = f"postgres://postgres@/a_school?host={embedded.address.server.data}"
    named = get_engine("postgresql")
    assert named is not embedded
    assert named.sizes() == []
    shelf = Shelf(books=3, engine_name="postgresql")
    shelf.build()
    assert named.sizes() == [3]
    assert 3 not in embedded.sizes()
    named.drop(3)
    with embedded._admin() as admin:
        embedded._drop(admin, "a_school")


def test_runs_are_recorded_alike(engine_shelves, shelves, tmp_path):
    source = """
        from library.models import Book

        def run():
            for book in Book.objects.order_by("pk"):
                yield book.title, book.price, book.published_on, book.author.joined_on
    """
    runs = [Snippet(tmp_path, shelf[100]).record(source) for shelf in (engine_shelves, shelves)]
    assert len({report.digest for report in runs}) == 1
    assert [report.queries for report in runs] == [101, 101]
    assert [report.rows_fetched for report in runs] == [200, 200]


def test_cells_are_counted_alike(snippet):
    report = snippet.record(
        """
        from django.db import connection
        from library.models import Book, Genre

        def run():
            yield from Book.objects.values_list("title", "pages", "price").iterator(chunk_size=4)
            Genre.objects.filter(pk=1).update(name="Opera")
            with connection.cursor() as cursor:
                cursor.executemany("INSERT INTO library_genre (name) VALUES (%s)", [["Maps"], ["Myths"]])
                cursor.execute("SELECT id, name FROM library_genre WHERE name IN ('Maps', 'Myths')")
                yield cursor.fetchone()
        """,
        access="write",
    )
    assert [(group.kind, group.rows, group.columns, group.cells) for group in report.groups] == [
        ("select", 10, 3, 30),
        ("update", 0, 0, 0),
        ("insert", 0, 0, 0),
        ("select", 1, 2, 2),
    ]
    assert report.cells_fetched == 32


def test_measure_on_every_engine(engine_shelves, tmp_path):
    run = Snippet(tmp_path, engine_shelves[10]).load("def run():\n    yield 1\n")["run"]
    wall = runner.measure(run, shelf=engine_shelves[10], runs=3)
    assert 0 < wall.min <= wall.median <= wall.max
