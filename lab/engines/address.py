"""Where a database server is: named in the environment, or embedded."""

from functools import cached_property

from environ import Env

from lab.engines.embedded import EmbeddedPostgres

DEFAULT_PREFIX = "queryshelf"


class UrlAddress:
    """The server at a URL.

    variable: of the environment, whose value is `url`
    example: what to write there
    """

    is_started_here = False

    def __init__(self, url, *, variable, example, schemes):
        self.url, self.variable, self.example, self.schemes = url, variable, example, schemes
        self.remedy = f"Start the server, or mend {variable}."

    @cached_property
    def settings(self):
        return {} if self.off() else Env.db_url_config(self.url)

    @property
    def prefix(self):
        """What the names of the shelves' databases begin with."""
        return self.settings.get("NAME") or DEFAULT_PREFIX

    def off(self):
        if not self.url:
            return f"{self.variable} names no server. Set it in the environment or in .env: {self.example}"
        if not self.url.startswith(tuple(f"{scheme}://" for scheme in self.schemes)):
            return f"{self.variable} is not a server's address. Write it like {self.example}"
        return None

    def find(self, *, again=False):
        """Return Django's settings of a connection to the server's own database."""
        return self.settings


class EmbeddedAddress:
    """The embedded PostgreSQL, started when it is first asked for, and again where it has gone."""

    is_started_here = True
    prefix = DEFAULT_PREFIX
    remedy = "It is started again with the next request."

    def __init__(self, data_dir):
        self.server = EmbeddedPostgres(data_dir)
        self.off = self.server.off
        self._settings = None

    def find(self, *, again=False):
        if again or self._settings is None:
            self._settings = self.server.start()
        return self._settings
