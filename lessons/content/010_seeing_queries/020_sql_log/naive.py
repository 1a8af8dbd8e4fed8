import logging
from contextlib import contextmanager
from logging.handlers import BufferingHandler
from threading import get_ident

from library.models import Book


def catalogue():
    return [(book.title, book.author.name) for book in Book.objects.order_by("pk")]


def catalogue_joined():
    return [(book.title, book.author.name) for book in Book.objects.order_by("pk").select_related("author")]


@contextmanager
def sql_log():
    """The records of django.db.backends, whose level is DEBUG, from this thread."""
    handler, thread = BufferingHandler(capacity=20_000), get_ident()
    handler.addFilter(lambda record: record.thread == thread)
    logger = logging.getLogger("django.db.backends")
    logger.addHandler(handler)
    try:
        yield handler.buffer
    finally:
        logger.removeHandler(handler)


def run():
    for page in (catalogue, catalogue_joined):
        with sql_log() as records:
            page()
        yield page.__name__, len(records)
