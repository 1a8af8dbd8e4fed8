"""The console of a site whose settings.py has this DEBUG and this LOGGING. It hears this thread alone."""

import logging
from contextlib import contextmanager
from threading import get_ident

from django.db import connection
from django.utils.log import DEFAULT_LOGGING


@contextmanager
def console(debug, settings):
    """Yield the console's lines of django.db.backends: (name of the logger, first word of the SQL)."""
    lines = []
    site = _loggers(settings, shown=lambda record: lines.append((record.name, record.sql.split()[0])))
    thread = get_ident()

    def pass_on(record):
        if record.thread == thread and site.isEnabledFor(record.levelno):
            site.handle(record)

    here, handler = logging.getLogger("django.db.backends"), _Handler(pass_on)
    here.addHandler(handler)
    before, connection.force_debug_cursor = connection.force_debug_cursor, debug  # as DEBUG does
    try:
        yield lines
    finally:
        connection.force_debug_cursor = before
        here.removeHandler(handler)


def _loggers(settings, *, shown):
    """Django's own set-up and the settings laid over it, in loggers apart from this process's."""
    manager = logging.Manager(logging.RootLogger(logging.WARNING))
    for config in (DEFAULT_LOGGING, settings):
        named = [(manager.getLogger(name), said) for name, said in config.get("loggers", {}).items()]
        for logger, said in [*named, (manager.root, config.get("root", {}))]:
            logger.setLevel(said.get("level", logger.level))
            logger.propagate = said.get("propagate", True)
            if config is settings and said.get("handlers"):
                logger.addHandler(_Handler(shown))
    return manager.getLogger("django.db.backends")


class _Handler(logging.Handler):
    def __init__(self, emit):
        super().__init__()
        self.emit = emit
