"""What a run's threads and connections can reach, on every engine."""

from contextlib import suppress

import pytest
from django.db import connection as sites
from django.db import connections
from django.db.models import Max

from lab.exceptions import LabError
from lab.recording.bounds import Bounds
from lab.recording.places import StackPlaces
from lab.running import runner
from library.models import Book

HEAD = """
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread

from django.db import connection, connections, transaction

from library.models import Author, Book


def rename(pk):
    try:
        return Book.objects.filter(pk=pk).update(title="From a thread")
    finally:
        connection.close()

"""
READING = {  # what a run does: [(what it underlines, how often)]
    "with ThreadPoolExecutor(2) as pool:\n        return list(pool.map(lambda pk: Book.objects.get(pk=pk).title, [1, 2, 3]))": [
        ("Book.objects.get(pk=pk)", 3)
    ],
    "with ThreadPoolExecutor(2) as pool:\n        return [pool.submit(Book.objects.count).result()]": [
        ("pool.submit(Book.objects.count)", 1)
    ],
    "with ThreadPoolExecutor(1) as pool:\n        one = pool.submit(Book.objects.count)\n        two = pool.submit(Author.objects.count)\n    return [one.result()]": [
        ("pool.submit(Book.objects.count)", 1),
        ("pool.submit(Author.objects.count)", 1),
    ],
    "thread = Thread(target=Book.objects.count)\n    thread.start()\n    thread.join()\n    return [1]": [
        ("thread.start()", 1)
    ],
    "del connections['default']\n    return [Book.objects.count()]": [("Book.objects.count()", 1)],
    "other = connection.copy()\n    with other.cursor() as cursor:\n        cursor.execute('SELECT 7')\n        return list(cursor)": [
        ("cursor.execute('SELECT 7')", 1)
    ],
    "connection.close()\n    return [Book.objects.count()]": [("Book.objects.count()", 1)],
}


@pytest.fixture
def on_engine(snippet, engine_shelves):
    snippet.shelf = engine_shelves[10]

    def record(body, **options):
        return snippet.record(f"{HEAD}\ndef run():\n    {body}\n", **options)

    record.marks = snippet.marks
    return record


@pytest.fixture
def site(db):
    """The site's own bookstore, which no run may reach."""
    for name in ("Ann", "Ben", "Cem"):
        Book.objects.create(title=name, isbn=name, author_id=1, publisher_id=1, price=1, pages=1)
    return lambda: list(Book.objects.values_list("pk", "title"))


@pytest.mark.parametrize("body", READING)
def test_every_thread_and_connection_is_seen(on_engine, body):
    report = on_engine(body)
    assert report.status == "ok", report.error
    assert [(mark, count) for mark, _, count in on_engine.marks(report)] == READING[body]


def test_time_of_statements_at_once_is_no_time_of_python(snippet, shelves_at_hand):
    snippet.shelf = shelves_at_hand["postgresql"][10]
    report = snippet.record(f"""{HEAD}
def sleep(seconds):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(%s)", [seconds])

def run():
    with ThreadPoolExecutor(4) as pool:
        return [len(list(pool.map(sleep, [0.2] * 4)))]
""")
    assert report.database_ns > report.wall_ns
    assert report.python_ns == 0
    assert report.split(1_000) == (1_000, 0)


def test_thread_of_a_run_that_is_cut_short_may_end_in_an_error(snippet, monkeypatch):
    """What was cancelled cannot be committed, say. Of a run that comes to its end an error is the thread's own."""
    code = f"""{HEAD}
def work():
    try:
        for _ in range(9):
            Author.objects.count()
    finally:
        raise ConnectionError("too late")

def run():
    thread = Thread(target=work)
    thread.start()
    thread.join()
    return [1]
"""
    untold = []
    monkeypatch.setattr("threading.excepthook", lambda hook: untold.append(hook.exc_type))
    assert snippet.record(code, bounds=Bounds(queries=5)).status == "stopped"
    assert untold == []
    assert snippet.record(code).status == "ok"
    assert untold == [ConnectionError]


def test_threads_write_to_the_copy_and_no_further(on_engine, engine):
    before = engine.checksum(10)
    report = on_engine("return [*ThreadPoolExecutor(1).map(rename, [1, 2, 3])]", access="write")
    assert (report.preview, report.queries, report.rows_affected) == ((1, 1, 1), 3, 3)
    assert engine.checksum(10) == before


def test_threads_of_a_run_that_reads_may_only_read(on_engine, engine):
    before = engine.checksum(10)
    report = on_engine("return [*ThreadPoolExecutor(1).map(rename, [1, 2, 3])]")
    assert report.error_type == "UndeclaredWrite"
    assert engine.checksum(10) == before


REFUSED = {
    "connections.settings['other'] = connections.settings['default']\n    connections['other']": "There is no database “other” in a run",
    "connections.create_connection('site')": "There is no database “site” in a run",
    "Thread(target=Event().wait, daemon=True).start()": "a thread that it started is still at work",
}


@pytest.mark.parametrize("body", REFUSED)
def test_what_cannot_be_closed_is_refused(snippet, body):
    with pytest.raises(LabError, match=REFUSED[body]):
        snippet.record(f"{HEAD}\ndef run():\n    {body}\n    return [1]\n")


def test_refusal_cannot_be_hidden(snippet):
    with pytest.raises(LabError, match="no database “other”"):
        snippet.record(
            f"{HEAD}\ndef run():\n    try:\n        connections.create_connection('other')\n    except Exception:\n        return [1]\n"
        )


def test_refusal_cannot_be_hidden_where_nobody_records(shelf):
    def hide():
        with suppress(LabError):
            connections.create_connection("other")

    with pytest.raises(LabError, match="no database “other”"):
        runner.measure(hide, shelf=shelf, runs=1)
    with pytest.raises(LabError, match="no database “other”"), shelf.open(prepare=hide):
        pass


def test_pool_of_an_earlier_run_is_refused(snippet):
    run = snippet.load(
        f"{HEAD}\npool = ThreadPoolExecutor(1)\ndef run():\n    return [pool.submit(Book.objects.count).result()]\n"
    )["run"]
    where = {"shelf": snippet.shelf, "places": StackPlaces(snippet.folder)}
    assert runner.record(run, **where).preview == (10,)
    with pytest.raises(LabError, match="Start threads in run"):
        runner.record(run, **where)


def test_statements_are_bounded_on_a_connection_opened_again(on_engine, engine):
    long = {
        "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 20000000) SELECT max(i) FROM n",
        "postgresql": "SELECT pg_sleep(3)",
        "mysql": "SELECT sleep(3)",
    }[engine.name]
    body = f"connection.close()\n    with connection.cursor() as cursor:\n        cursor.execute({long!r})"
    report = on_engine(body, bounds=Bounds(seconds=0.5))
    assert (report.status, report.error) == ("stopped", "stopped after 0.5 seconds")


def test_other_code_has_its_own_database(db):
    assert not hasattr(sites, "is_shelf")
    assert Book.objects.aggregate(Max("pk")) == {"pk__max": None}


CLOSED = {
    "at its line": "for book in Book.objects.order_by('pk').iterator(chunk_size=5):\n        yield book.title\n        connection.close()",
    "by the server": "with connection.cursor() as cursor:\n        cursor.execute({kill!r})\n    yield Book.objects.count()",
}
KILLS = {"postgresql": "SELECT pg_terminate_backend(pg_backend_pid())", "mysql": "KILL CONNECTION_ID()"}


@pytest.mark.parametrize("how", CLOSED)
def test_code_that_closes_its_connection_blames_no_server(on_engine, engine, how):
    body = CLOSED[how].format(kill=KILLS.get(engine.name, "SELECT 1"))
    report = on_engine(body)
    if report.status == "raised":  # by a cursor that is on the server
        assert report.error_place.line >= len(HEAD.splitlines()) + 2
        assert report.error_type in ("InterfaceError", "OperationalError", "ProgrammingError")
    else:
        assert report.rows in (1, 10)
    assert engine.off() is None


def test_thread_may_close_the_connection_of_its_driver(on_engine):
    """Whose wrapper is then closed with the run."""
    report = on_engine(
        """def ask():
        Book.objects.count()
        connection.connection.close()

    thread = Thread(target=ask)
    thread.start()
    thread.join()
    return [1]"""
    )
    assert (report.status, report.queries) == ("ok", 1)
