"""Where a database server is: named in the environment, or embedded."""

from abc import ABC, abstractmethod
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from environ import Env

from lab.engines.embedded import EmbeddedPostgres

DEFAULT_PREFIX = "queryshelf"


class Address(ABC):
    """Where a server is."""

    is_started_here: bool
    remedy: str  # what to do where it does not answer

    @property
    @abstractmethod
    def prefix(self) -> str:
        """What the names of the shelves' databases begin with."""

    @abstractmethod
    def off(self) -> str | None:
        """Return why there is no server to connect to, and what to do; or None."""

    @abstractmethod
    def find(self, *, again: bool = False) -> dict[str, Any]:
        """Return Django's settings of a connection to the server's own database. again: they led nowhere"""


class UrlAddress(Address):
    """The server at a URL.

    variable: of the environment, whose value is `url`
    example: what to write there
    """

    is_started_here = False

    def __init__(self, url: str, *, variable: str, example: str, schemes: tuple[str, ...]) -> None:
        self.url, self.variable, self.example, self.schemes = url, variable, example, schemes
        self.remedy = f"Start the server, or mend {variable}."

    @cached_property
    def settings(self) -> dict[str, Any]:
        return {} if self.off() else Env.db_url_config(self.url)

    @property
    def prefix(self) -> str:
        return self.settings.get("NAME") or DEFAULT_PREFIX

    def off(self) -> str | None:
        if not self.url:
            return f"{self.variable} names no server. Set it in the environment or in .env: {self.example}"
        if not self.url.startswith(tuple(f"{scheme}://" for scheme in self.schemes)):
            return f"{self.variable} is not a server's address. Write it like {self.example}"
        if not urlsplit(self.url).path.strip("/"):
            return f"{self.variable} names no database. Write it like {self.example}"
        return None

    def find(self, *, again: bool = False) -> dict[str, Any]:
        return self.settings


class EmbeddedAddress(Address):
    """The embedded PostgreSQL, started when it is first asked for, and again where it has gone."""

    is_started_here = True
    prefix = DEFAULT_PREFIX
    remedy = "It is started again with the next request."

    def __init__(self, data_dir: Path) -> None:
        self.server = EmbeddedPostgres(data_dir)
        self._settings: dict[str, Any] | None = None

    def off(self) -> str | None:
        return self.server.off()

    def find(self, *, again: bool = False) -> dict[str, Any]:
        if again or self._settings is None:
            self._settings = self.server.start()
        return self._settings
