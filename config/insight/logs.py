"""How lines of the log look: text for people, or JSON, one object a line. Events are dicts; see lessons.events."""

import logging
import re
from datetime import UTC, datetime

from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonFormatter

from config.insight.requests import REQUEST_ID, current

FORMATS = ("text", "json")
_PLAIN = re.compile(r"[\w./:+-]+", re.ASCII)


def make_logging(form, *, level):
    """Return settings.LOGGING. form: one of FORMATS. level: from which on events are logged"""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "identity": {"()": "config.insight.logs.Identity"},
            "suspicious": {"()": "config.insight.suspicious.WithoutTraces"},
        },
        "formatters": {"text": {"()": "config.insight.logs.Text"}, "json": {"()": "config.insight.logs.Json"}},
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "filters": ["identity", "suspicious"],
                "formatter": form,
            },
        },
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            "queryshelf": {"level": level},
            # For nobody, until a lesson adds a handler: a level of its own would be every thread's.
            "django.db.backends": {"level": "DEBUG", "propagate": False},
        },
    }


class Identity(logging.Filter):
    """Adds the id of the request that a line belongs to. What Django logs last of it comes with the request."""

    def filter(self, record):
        environ = getattr(getattr(record, "request", None), "META", {})
        record.request_id = environ.get(REQUEST_ID) or current.get()
        return True


class Text(logging.Formatter):
    """2026-11-29T20:15:00Z WARNING refused error=Busy retry_after=2 request_id=…"""

    def format(self, record):
        facts = dict(record.msg) if isinstance(record.msg, dict) else {"event": visible(record.getMessage())}
        if record.request_id:
            facts["request_id"] = record.request_id
        words = [f"{name}={_worded(fact)}" for name, fact in facts.items() if name != "event"]
        moment = f"{datetime.fromtimestamp(record.created, UTC):%Y-%m-%dT%H:%M:%SZ}"
        line = " ".join([moment, record.levelname, facts["event"], *words])
        trace = self.formatException(record.exc_info).splitlines() if record.exc_info else ()
        return "\n".join([line, *(f"    {visible(each)}" for each in trace)])


class Json(JsonFormatter):
    """Without the request that Django adds: its text has what a reader guessed."""

    def __init__(self):
        super().__init__(
            "{levelname}{name}{message}{request_id}",
            style="{",
            timestamp="time",
            rename_fields={"levelname": "level", "name": "logger"},
            reserved_attrs=[*RESERVED_ATTRS, "request", "server_time"],
        )

    def process_log_record(self, log_data):
        return {name: fact for name, fact in log_data.items() if fact != ""}


def visible(text):
    """The text on one line, and nothing in it that a terminal would obey."""
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in text)


def _worded(fact):
    text = str(fact)
    if _PLAIN.fullmatch(text):
        return text
    return '"{}"'.format(visible(text.replace("\\", "\\\\").replace('"', '\\"')))
