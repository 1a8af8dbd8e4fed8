"""How the lab reaches a server, which may be off, or go away meanwhile."""

from abc import abstractmethod
from collections.abc import Iterator
from contextlib import closing, contextmanager
from time import monotonic
from typing import Any

from django.db import Error as DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper

from lab.engines.address import Address
from lab.engines.base import Engine
from lab.engines.shelf_connection import new_connection
from lab.exceptions import EngineUnavailable

_MEMORY = 20  # seconds for which a failure is told without trying again


class ConnectingEngine(Engine):
    """An engine whose databases are reached by connecting to the server at an address."""

    backend: str  # dotted path

    def __init__(self, address: Address, edition: str) -> None:
        self.address, self.edition = address, edition
        self._failed: tuple[EngineUnavailable, float] | None = None  # and when, in monotonic seconds
        self._version = ""  # the server's, once it was reached

    def off(self) -> str | None:
        if reason := self._not_set_up():
            return reason
        if self._failed and monotonic() - self._failed[1] < _MEMORY:
            return str(self._failed[0])
        return None

    def lost(self, error: BaseException) -> EngineUnavailable | None:
        # The code itself may have closed its connection, or had it closed.
        return None if not self._is_lost(error) or self._answers() else self._told(error)

    def _answers(self) -> bool:
        try:
            self._try_open(self._find(), None).close()
        except (DatabaseError, EngineUnavailable):
            return False
        return True

    def _told(self, error: BaseException) -> EngineUnavailable:
        said = " ".join(str(error).split()) or type(error).__name__
        lost = EngineUnavailable(f"{self.label} does not answer ({said}). {self.address.remedy}")
        self._fail(lost)
        return lost

    # What each server does in its own words.

    @abstractmethod
    def _settings(self, settings: dict[str, Any], *, read_only: bool) -> dict[str, Any]:
        """Django's settings with the options of a connection, read-only or not."""

    @abstractmethod
    def _login(self, settings: dict[str, Any], *, read_only: bool) -> dict[str, Any]:
        """Django's settings with the user of a connection."""

    @abstractmethod
    def _version_of(self, connection: BaseDatabaseWrapper) -> str:
        """The server's version, as text."""

    @abstractmethod
    def _is_lost(self, error: BaseException) -> bool:
        """Whether a database error means that the server is gone."""

    def _not_set_up(self) -> str | None:
        """Why there is nothing to connect to, or to connect with, and the remedy; or None."""
        return self.address.off()

    @contextmanager
    def _connect(self, database: str | None, *, read_only: bool = False) -> Iterator[BaseDatabaseWrapper]:
        """A new connection, open. Raises EngineUnavailable, also where the server goes away meanwhile.

        database: its name, or None for the server's own
        """
        try:
            connection = self._open(database, read_only)
        except DatabaseError as error:
            if self._is_lost(error):
                raise self._told(error) from error
            raise
        try:
            with closing(connection):
                yield connection
        except DatabaseError as error:
            if lost := self.lost(error):
                raise lost from error
            raise

    def _open(self, database: str | None, read_only: bool) -> BaseDatabaseWrapper:
        try:
            return self._try_open(self._find(), database, read_only)
        except DatabaseError as error:
            if not (self.address.is_started_here and self._is_lost(error)):
                raise
        return self._try_open(self._find(again=True), database, read_only)

    def _find(self, *, again: bool = False) -> dict[str, Any]:
        if reason := self._not_set_up():
            raise EngineUnavailable(reason)
        try:
            return self.address.find(again=again)
        except EngineUnavailable as error:
            self._fail(error)
            raise

    def _try_open(
        self, settings: dict[str, Any], database: str | None, read_only: bool = False
    ) -> BaseDatabaseWrapper:
        settings = self._settings(self._login(settings, read_only=read_only), read_only=read_only)
        if database is not None:
            settings["NAME"] = database
        connection = new_connection(self.backend, self.cancel, **settings)
        connection.ensure_connection()
        self._version, self._failed = self._version_of(connection), None
        return connection

    def _fail(self, error: EngineUnavailable) -> None:
        self._failed = (error, monotonic())
