"""The role that runs which may only read log in as: it may SELECT. The server's user makes it, where he may."""

from abc import abstractmethod
from collections.abc import Iterator
from contextlib import closing, contextmanager
from threading import Lock
from typing import Any

from django.conf import settings
from django.db import Error as DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.crypto import salted_hmac

from lab.engines.address import Address
from lab.engines.connecting import ConnectingEngine
from lab.exceptions import EngineUnavailable


def readers_secret() -> str:
    """What the role's password is made from: all that a process which runs lessons knows of the site's secret."""
    derived: str = salted_hmac("lab.engines", "readers", algorithm="sha256").hexdigest()
    return settings.READERS_SECRET or derived


class ReadersEngine(ConnectingEngine):
    """An engine whose connections that may only read are those of a role of their own."""

    def __init__(self, address: Address, edition: str) -> None:
        super().__init__(address, edition)
        self._making = Lock()
        self._is_made: bool | None = None  # None: not tried yet
        self._refusal = ""

    def why_readers_could_write(self) -> str | None:
        if self._made():
            return None
        return (
            f"Runs that may only read log in as {self.label}'s own user, since it may not make a role for them"
            f" ({self._refusal}). A lesson could lift its read-only setting."
        )

    @property
    def role(self) -> str:
        return f"{self.address.prefix}_reader"

    @property
    def _password(self) -> str:
        """The same for all processes of a site, and stored nowhere."""
        digest: str = salted_hmac(
            "lab.engines.readers", self.role, readers_secret(), algorithm="sha256"
        ).hexdigest()
        return digest

    @abstractmethod
    def _make_role(self, admin: BaseDatabaseWrapper, password: str) -> None:
        """Make the role, or give the one that is there this password."""

    @abstractmethod
    def _let_read(self, connection: BaseDatabaseWrapper) -> None:
        """Let the role read a new shelf, and what will be made in copies of it."""

    def _login(self, settings: dict[str, Any], *, read_only: bool) -> dict[str, Any]:
        if read_only and self._made():
            return {**settings, "USER": self.role, "PASSWORD": self._password}
        return settings

    def _made(self) -> bool:
        """Whether there is the role. Raises EngineUnavailable."""
        with self._making:
            if self._is_made is None:
                try:
                    self._is_made = self._can_log_in() or self._make()
                except DatabaseError as error:
                    if lost := self.lost(error):
                        raise lost from error
                    self._is_made, self._refusal = False, " ".join(str(error).split())
            return self._is_made

    def _make(self) -> bool:
        with self._opened(self._find()) as admin:
            self._make_role(admin, self._password)
        with self._opened(self._as_role()):
            return True

    def _can_log_in(self) -> bool:
        try:
            with self._opened(self._as_role()):
                return True
        except DatabaseError:
            return False

    def _as_role(self) -> dict[str, Any]:
        return {**self._find(), "USER": self.role, "PASSWORD": self._password}

    @contextmanager
    def _opened(self, settings: dict[str, Any]) -> Iterator[BaseDatabaseWrapper]:
        with closing(self._try_open(settings, None)) as connection:
            yield connection

    def _fail(self, error: EngineUnavailable) -> None:
        super()._fail(error)
        self._is_made = None  # it may come back as another server
