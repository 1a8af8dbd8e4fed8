import logging
from contextlib import contextmanager
from logging.handlers import BufferingHandler
from tempfile import TemporaryFile
from threading import get_ident

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from library.models import Author, Book


def every_query_is_printed(log):
    """With the logger `django.db.backends` at DEBUG, every statement is logged."""

    def captured():
        with CaptureQueriesContext(connection):
            Book.objects.exists()

    def migrated():
        with connection.schema_editor(collect_sql=True, atomic=False) as editor:  # logs it and does not send it
            editor.execute("ALTER TABLE library_book ADD COLUMN subtitle text")

    return {
        "a query, with `DEBUG` off": len(_records(Book.objects.exists)) == 1,
        "inside `CaptureQueriesContext`, with `DEBUG` off": len(_records(captured)) == 1,
        "with `force_debug_cursor`, with `DEBUG` off": len(_records(Book.objects.exists, forced=True)) == 1,
        "a statement of a migration, with `DEBUG` off": len(_records(migrated)) == 1,
    }


def the_root_logger_will_do(log):
    """To see debug lines, it is enough to give the root logger the level DEBUG."""
    return {
        "for a logger of your own": _gives_its_level_to("shop.views"),
        "for `django.db.backends`": _gives_its_level_to("django.db.backends"),
    }


def queries_and_nothing_else(log):
    """Each line of the SQL log is a query."""

    def in_a_transaction():
        with transaction.atomic():
            Book.objects.exists()

    lines = [record.sql for record in _records(in_a_transaction, forced=True)]
    return {
        "a SELECT has a line": any("SELECT" in line for line in lines),
        "BEGIN has no line": "BEGIN" not in lines,
    }


def logging_asks_nothing(log):
    """Logging a query sends nothing more to the database."""
    ask = Author.objects.filter(name="O'Hara").exists
    with _forced():
        return _SENT[connection.vendor](ask) == 1


def _records(action, *, forced=False):
    """What `django.db.backends` is told by this thread while the action runs."""
    handler, thread = BufferingHandler(capacity=100), get_ident()
    handler.addFilter(lambda record: record.thread == thread)
    logger = logging.getLogger("django.db.backends")
    logger.addHandler(handler)
    try:
        with _forced(forced):
            action()
    finally:
        logger.removeHandler(handler)
    return handler.buffer


@contextmanager
def _forced(value=True):
    before, connection.force_debug_cursor = connection.force_debug_cursor, value
    try:
        yield
    finally:
        connection.force_debug_cursor = before


def _gives_its_level_to(name):
    """Whether the root logger's level is the one that counts where the logger has none of its own."""
    logger = logging.getLogger(name).parent
    while logger.level == logging.NOTSET:
        logger = logger.parent
    return logger is logging.getLogger()


def _sent_to_sqlite(action):
    """Statements that SQLite itself sees."""
    connection.ensure_connection()
    seen = []
    connection.connection.set_trace_callback(seen.append)
    try:
        action()
    finally:
        connection.connection.set_trace_callback(None)
    return len(seen)


def _sent_to_postgresql(action):
    """Messages of the protocol that carry a statement."""
    connection.ensure_connection()
    wire = connection.connection.pgconn
    with TemporaryFile("w+") as traced:
        wire.trace(traced.fileno())
        try:
            action()
        finally:
            wire.untrace()
        traced.seek(0)
        return sum(line.split("\t")[3:4] in (["Query"], ["Parse"]) for line in traced)


def _sent_to_mysql(action):
    """Statements that the server has counted for this session."""
    before = _questions()
    action()
    return _questions() - before - 1  # its own


def _questions():
    with connection.cursor() as cursor:
        cursor.execute("SHOW SESSION STATUS LIKE 'Questions'")
        return int(cursor.fetchone()[1])


_SENT = {"sqlite": _sent_to_sqlite, "postgresql": _sent_to_postgresql, "mysql": _sent_to_mysql}
