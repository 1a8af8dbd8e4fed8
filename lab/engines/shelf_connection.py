"""Connections that models take for "default"."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler
from django.utils.module_loading import import_string

from lab.exceptions import Left
from lab.reach import current as current_reach


def new_connection(backend: str, cancel: Callable[[Any], None], **settings: Any) -> BaseDatabaseWrapper:
    """A connection of class `backend` (a dotted path) that models take for "default". cancel: as of an Engine

    It is not in `django.db.connections`: the caller puts it there, for one thread, and closes it.
    """
    wrapper = import_string(f"{backend}.base.DatabaseWrapper")
    handler = ConnectionHandler({"default": {"ENGINE": backend, **settings}})
    made: BaseDatabaseWrapper = type("ShelfConnection", (ShelfConnection, wrapper), {"end_statement": cancel})(
        handler.settings["default"], alias="default"
    )
    return made


class ShelfConnection:
    """Mixin of Django's connections."""

    is_shelf = True
    # How many calls into the driver are under way that come through Django, or are the lab's own.
    expected = 0
    sent: int | None = None  # how many calls into the driver there were, once a recorder watches it
    watch: Any = None  # the lab.recording.watching.Watch of a recorder
    end_statement: Callable[[Any], None]  # Engine.cancel
    server_thread: int | None = None  # MySQL's, which its driver tells nobody while a statement is under way

    @property
    def queries_logged(self) -> bool:
        """Django logs queries whenever DEBUG is on; a shelf does only when a lesson asks for it."""
        return bool(self.force_debug_cursor)  # type: ignore[attr-defined]  # of BaseDatabaseWrapper

    def get_new_connection(self, params: Any) -> Any:
        driver = super().get_new_connection(params)  # type: ignore[misc]  # of BaseDatabaseWrapper
        self.server_thread = driver.thread_id() if hasattr(driver, "thread_id") else None
        return driver

    def cancel(self) -> None:
        """End the statement under way, if there is one. From any thread."""
        connection: Any = self
        with suppress(Exception):  # it may have ended, or the connection closed, meanwhile
            self.end_statement(connection)

    def stop(self) -> None:
        """End the statement under way, and refuse any other. From any thread."""
        connection: Any = self
        if _refuse not in connection.execute_wrappers:
            connection.execute_wrappers.append(_refuse)
        self.cancel()

    def copy(self, alias: str | None = None) -> BaseDatabaseWrapper:
        """As Django's; within a run, what is made belongs to the run."""
        copied: BaseDatabaseWrapper = super().copy(alias)  # type: ignore[misc]
        if (reach := current_reach()) is not None:
            reach.adopt(copied)
        return copied


def _refuse(*args: Any) -> Any:
    """An execute_wrapper, which costs nothing as long as nobody leaves."""
    raise Left("stopped, since the reader has left")
