"""What PostgreSQL and MariaDB have in common: a shelf is a database on a server that others may use too."""

import re
import uuid
from abc import abstractmethod
from contextlib import ExitStack, contextmanager
from functools import cached_property
from threading import Lock

from django.db import Error as DatabaseError

from lab.engines.base import Copy
from lab.engines.connecting import ConnectingEngine
from lab.exceptions import EngineUnavailable


class ServerEngine(ConnectingEngine):
    """Databases are named <prefix>_<books>, throw-away ones <prefix>_scratch_<random>.

    A throw-away database is held by a lock on the server, which the server frees however the process that made it
    ends; a database whose lock can be taken belongs to nobody.
    """

    def __init__(self, address):
        super().__init__(address)
        self._first = Lock()
        self._swept = False

    def version(self):
        if self._version is None or self._failed:
            with self._admin():
                pass
        return self._version

    def sweep(self):
        with self._admin() as admin:
            self._sweep(admin)

    def sizes(self):
        with self._admin() as admin:
            return self._sizes(self._databases(admin))

    def build(self, books, fill):
        with self._admin() as admin, self._scratch(admin, self._create) as name:
            with self._connect(name) as connection:
                fill(connection)
                self.analyze(connection)
            self._publish(admin, name, books)

    def drop(self, books):
        with self._admin() as admin:
            self._drop(admin, self._shelf(books))

    @contextmanager
    def reader(self, books):
        with ExitStack() as stack:
            try:
                connection = stack.enter_context(self._connect(self._shelf(books), read_only=True))
            except (DatabaseError, EngineUnavailable) as error:
                if books in self.sizes():
                    raise
                raise self.missing(books) from error
            yield connection

    def copy(self, books):
        def make(admin, name):
            if books not in self._sizes(self._databases(admin)):
                raise self.missing(books)
            self._copy(admin, self._source(books), name)

        return self._copied(make)

    def copy_again(self, copy):
        return self._copied(lambda admin, name: self._copy(admin, copy.where, name))

    def connect(self, copy, *, read_only=False):
        return self._connect(copy.where, read_only=read_only)

    # What each server does in its own words. `admin` is a connection to the server's own database.

    @abstractmethod
    def _databases(self, admin):
        """The names of all databases."""

    @abstractmethod
    def _create(self, admin, name):
        """Make an empty database."""

    @abstractmethod
    def _copy(self, admin, source, name):
        """Make the database `name` a copy of `source`, which nobody may be connected to."""

    @abstractmethod
    def _drop(self, admin, name):
        """Remove a database, if there, ending what is connected to it."""

    @abstractmethod
    def _publish(self, admin, name, books):
        """Let the database `name` be the shelf, in the place of any before it."""

    @abstractmethod
    def _hold(self, admin, name):
        """Take the lock of a database for as long as `admin` lives. Return whether it was free."""

    def _shelf(self, books):
        return f"{self.address.prefix}_{books}"

    def _source(self, books):
        """The database that copies of a shelf are made from."""
        return self._shelf(books)

    def _sizes(self, databases):
        return sorted(int(match[1]) for name in databases if (match := self._shelf_name.fullmatch(name)))

    @cached_property
    def _shelf_name(self):
        return re.compile(rf"{re.escape(self.address.prefix)}_(\d+)")

    @contextmanager
    def _copied(self, make):
        with self._admin() as admin, self._scratch(admin, make) as name:
            yield Copy(self, name)

    @contextmanager
    def _scratch(self, admin, make):
        """A new database, made by `make(admin, name)` and dropped at the end if it is still there."""
        name = f"{self.address.prefix}_scratch_{uuid.uuid4().hex[:12]}"
        self._hold(admin, name)
        try:
            make(admin, name)
            yield name
        finally:
            self._drop(admin, name)

    def _sweep(self, admin):
        for name in self._databases(admin):
            if name.startswith(f"{self.address.prefix}_scratch_") and self._hold(admin, name):
                self._drop(admin, name)

    @contextmanager
    def _admin(self):
        with self._connect(None) as admin:
            with self._first:
                if not self._swept:
                    self._sweep(admin)
                    self._swept = True
            yield admin

    def _fail(self, error):
        super()._fail(error)
        self._swept = False  # a run that it ended may have left its copy
