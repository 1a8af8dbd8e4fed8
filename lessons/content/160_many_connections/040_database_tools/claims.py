from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import perf_counter

from django.db import DatabaseError, connection, transaction
from setup import Visit, VisitWithPageIndex, VisitWithReaderIndex
from shop import seconds_of, top_pages

ROWS_READ = {  # of this connection, or of the table
    "postgresql": "SELECT seq_tup_read FROM pg_stat_user_tables WHERE relname = 'library_visit'",
    "mysql": "SELECT SUM(variable_value) FROM information_schema.session_status"
    " WHERE variable_name LIKE 'Handler_read_%next'",
}
FORGOTTEN = {
    "postgresql": "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND state = 'idle in transaction' AND query LIKE '%library_visit%'",
    "mysql": "SELECT count(*) FROM information_schema.innodb_trx",
}


def the_slowest_costs_most(log):
    """Begin with the slowest statement: it costs the database most."""
    report = _seconds(lambda: list(top_pages(Visit.objects)))
    return report > 50 * _seconds(lambda: seconds_of(Visit.objects, 7))


def only_its_plan_tells(log):
    """How many rows a statement reads, only its plan tells you."""
    if connection.vendor == "sqlite":
        return True
    before = _ask(ROWS_READ)
    seconds_of(Visit.objects, 7)
    return _ask(ROWS_READ) < before + 50_000


def nobody_knows_who_uses_it(log):
    """Whether any query uses an index, nobody can tell."""
    if connection.vendor != "postgresql":
        return True
    before = _scans("visit_reader"), _scans("visit_page")
    for reader in range(5):
        seconds_of(VisitWithReaderIndex.objects, reader)
        seconds_of(VisitWithPageIndex.objects, reader)
    return (_scans("visit_reader"), _scans("visit_page")) != (before[0] + 5, before[1])


def open_and_idle(log):
    """The database can show a transaction that somebody has left open, though no statement runs in it."""
    has_read, has_looked = Event(), Event()

    def forget_to_end():
        try:
            with transaction.atomic():
                Visit.objects.get(pk=1)
                has_read.set()
                has_looked.wait(5)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=1) as threads:
        threads.submit(forget_to_end)
        has_read.wait(5)
        try:
            return _ask(FORGOTTEN) == 1
        except (DatabaseError, KeyError):
            return False
        finally:
            has_looked.set()


def _ask(statements):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute(statements[connection.vendor])
        return int(cursor.fetchone()[0])


def _scans(index):
    """How often PostgreSQL has begun to read an index."""
    return _ask({"postgresql": f"SELECT idx_scan FROM pg_stat_user_indexes WHERE indexrelname = '{index}'"})


def _seconds(do):
    """The best of some runs."""
    best = float("inf")
    for _ in range(5):
        start = perf_counter()
        do()
        best = min(best, perf_counter() - start)
    return best
