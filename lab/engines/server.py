"""What PostgreSQL and MariaDB have in common: a shelf is a database on a server that others may use too."""

import re
import uuid
from abc import abstractmethod
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import cached_property
from threading import Lock
from time import sleep

from django.db import Error as DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper

from lab.engines.address import Address
from lab.engines.base import Copy, Fill
from lab.engines.readers import ReadersEngine
from lab.exceptions import EngineUnavailable

_LOOK = 0.1  # seconds between two looks at a lock

Make = Callable[[BaseDatabaseWrapper, str], None]  # makes a database of a name, on a connection to the server


class ServerEngine(ReadersEngine):
    """Databases are named <prefix>_<edition>_<books>, throw-away ones <prefix>_scratch_<random>.

    A throw-away database is held by a lock on the server, which the server frees however the process that made it
    ends; a database whose lock can be taken belongs to nobody.
    """

    def __init__(self, address: Address, edition: str) -> None:
        super().__init__(address, edition)
        self._first = Lock()
        self._swept = False

    def version(self) -> str:
        if not self._version or self._failed:
            with self._admin():
                pass
        return self._version

    def sweep(self) -> None:
        with self._admin() as admin:
            self._sweep(admin)

    def shelves(self) -> set[tuple[str, int]]:
        with self._admin() as admin:
            databases = self._databases(admin)
            named = (self._named.fullmatch(name) for name in databases)
            found = {(match[1] or "", int(match[2])) for match in named if match}
            return {(edition, books) for edition, books in found if self.of(edition)._source(books) in databases}

    @contextmanager
    def alone(self, wait: Callable[[], None]) -> Iterator[None]:
        lock = f"{self.address.prefix} seeding"
        with self._admin() as admin:
            if not self._hold(admin, lock):
                wait()
                while not self._hold(admin, lock):
                    sleep(_LOOK)
            yield

    def build(self, books: int, fill: Fill) -> None:
        with self._admin() as admin, self._scratch(admin, self._create) as name:
            with self._connect(name) as connection:
                fill(connection)
                self.analyze(connection)
                if self._made():
                    self._let_read(connection)
            while not self._hold(admin, f"{self._shelf(books)} published"):  # by another process, of any machine
                sleep(_LOOK)
            self._publish(admin, name, books)

    def drop(self, books: int) -> None:
        with self._admin() as admin:
            self._drop(admin, self._shelf(books))

    @contextmanager
    def reader(self, books: int) -> Iterator[BaseDatabaseWrapper]:
        with ExitStack() as stack:
            try:
                connection = stack.enter_context(self._connect(self._shelf(books), read_only=True))
            except (DatabaseError, EngineUnavailable) as error:
                if books in self.sizes():
                    raise
                raise self.missing(books) from error
            yield connection

    def copy(self, books: int, *, kept: bool = False) -> AbstractContextManager[Copy]:
        def make(admin: BaseDatabaseWrapper, name: str) -> None:
            if self._source(books) not in self._databases(admin):
                raise self.missing(books)
            self._copy(admin, self._source(books), name)

        return self._copied(make, kept=kept)

    def copy_again(self, copy: Copy) -> AbstractContextManager[Copy]:
        return self._copied(lambda admin, name: self._copy(admin, copy.where, name))

    def connect(self, copy: Copy, *, read_only: bool = False) -> AbstractContextManager[BaseDatabaseWrapper]:
        return self._connect(copy.where, read_only=read_only)

    # What each server does in its own words. `admin` is a connection to the server's own database.

    @abstractmethod
    def _databases(self, admin: BaseDatabaseWrapper) -> set[str]:
        """The names of all databases."""

    @abstractmethod
    def _create(self, admin: BaseDatabaseWrapper, name: str) -> None:
        """Make an empty database."""

    @abstractmethod
    def _copy(self, admin: BaseDatabaseWrapper, source: str, name: str) -> None:
        """Make the database `name` a copy of `source`, which nobody may be connected to."""

    @abstractmethod
    def _drop(self, admin: BaseDatabaseWrapper, name: str) -> None:
        """Remove a database, if there, ending what is connected to it."""

    @abstractmethod
    def _publish(self, admin: BaseDatabaseWrapper, name: str, books: int) -> None:
        """Let the database `name` be the shelf, in the place of any before it."""

    @abstractmethod
    def _hold(self, admin: BaseDatabaseWrapper, name: str) -> bool:
        """Take the lock of a database for as long as `admin` lives. Return whether it was free."""

    def _shelf(self, books: int) -> str:
        return "_".join(filter(None, [self.address.prefix, self.edition, str(books)]))

    def _source(self, books: int) -> str:
        """The database that copies of a shelf are made from."""
        return self._shelf(books)

    @cached_property
    def _named(self) -> re.Pattern[str]:
        return re.compile(rf"{re.escape(self.address.prefix)}_(?:([0-9a-f]{{8}})_)?(\d+)")

    @contextmanager
    def _copied(self, make: Make, *, kept: bool = False) -> Iterator[Copy]:
        with self._admin() as admin, self._scratch(admin, make, mark="kept_" if kept else "") as name:
            if kept:
                admin.inc_thread_sharing()  # another thread may drop it
            yield Copy(self, name)

    @contextmanager
    def _scratch(self, admin: BaseDatabaseWrapper, make: Make, *, mark: str = "") -> Iterator[str]:
        """A new database, made by `make(admin, name)` and dropped at the end if it is still there."""
        name = f"{self.address.prefix}_scratch_{mark}{uuid.uuid4().hex[:12]}"
        self._hold(admin, name)
        try:
            make(admin, name)
            yield name
        finally:
            self._drop(admin, name)

    def _sweep(self, admin: BaseDatabaseWrapper) -> None:
        for name in self._databases(admin):
            if name.startswith(f"{self.address.prefix}_scratch_") and self._hold(admin, name):
                self._drop(admin, name)

    @contextmanager
    def _admin(self) -> Iterator[BaseDatabaseWrapper]:
        with self._connect(None) as admin:
            with self._first:
                if not self._swept:
                    self._sweep(admin)
                    self._swept = True
            yield admin

    def _fail(self, error: EngineUnavailable) -> None:
        super()._fail(error)
        self._swept = False  # a run that it ended may have left its copy
