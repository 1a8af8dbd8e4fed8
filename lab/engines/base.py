import copy
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any, Self

from django.db.backends.base.base import BaseDatabaseWrapper

from lab.exceptions import EngineUnavailable, ShelfMissing

Fill = Callable[[BaseDatabaseWrapper], None]


class Engine(ABC):
    """A database server that holds shelves. Sizes are numbers of books.

    All but `off` may raise EngineUnavailable, where the server cannot be reached or went away.
    """

    name: str  # as in URLs and `--engine`
    edition: str  # of the shelves that it reads and makes: lab.edition

    def of(self, edition: str) -> Self:
        """The same with the shelves of another edition."""
        other = copy.copy(self)
        other.edition = edition
        return other

    @property
    @abstractmethod
    def label(self) -> str:
        """The name that readers know it by."""

    @abstractmethod
    def off(self) -> str | None:
        """Return why it cannot be used and what to do, as far as is known without asking it; or None."""

    @abstractmethod
    def version(self) -> str:
        """Reach the server, starting it if it is embedded. Return its version, as text."""

    @abstractmethod
    def sweep(self) -> None:
        """Remove the throw-away copies that killed processes left."""

    @abstractmethod
    def shelves(self) -> set[tuple[str, int]]:
        """The edition and the size of each shelf there is. Before there were editions, theirs was "" ."""

    def sizes(self) -> list[int]:
        """The sizes of the shelves it has, in ascending order."""
        return sorted(books for edition, books in self.shelves() if edition == self.edition)

    def alone(self, wait: Callable[[], None]) -> AbstractContextManager[None]:
        """Context manager: no other machine makes shelves on the server. It calls `wait()` before it waits."""
        return nullcontext()

    @abstractmethod
    def build(self, books: int, fill: Fill) -> None:
        """Make a shelf, replacing any of this size only when whole. `fill(connection)` puts the rows in."""

    @abstractmethod
    def drop(self, books: int) -> None:
        """Remove a shelf, if there."""

    @abstractmethod
    def reader(self, books: int) -> AbstractContextManager[BaseDatabaseWrapper]:
        """Context manager: a new connection to the shelf that the database itself holds read-only."""

    @abstractmethod
    def copy(self, books: int, *, kept: bool = False) -> "AbstractContextManager[Copy]":
        """Context manager: a Copy of the shelf, dropped after. kept: for many runs; its name says so."""

    @abstractmethod
    def copy_again(self, copy: "Copy") -> "AbstractContextManager[Copy]":
        """Context manager: another Copy, analyzed, of a Copy that nobody is connected to; dropped after."""

    @abstractmethod
    def connect(self, copy: "Copy", *, read_only: bool = False) -> AbstractContextManager[BaseDatabaseWrapper]:
        """Context manager: a new connection to a Copy."""

    @abstractmethod
    def analyze(self, connection: BaseDatabaseWrapper) -> None:
        """Let the planner know what was just filled in."""

    @abstractmethod
    def interrupt(self, connection: BaseDatabaseWrapper, seconds: float) -> None:
        """Make the database end any statement that runs too long.

        On SQLite that is one still running `seconds` from now, elsewhere one that takes longer than `seconds`.
        """

    @abstractmethod
    def cancel(self, connection: Any) -> None:
        """End the statement that a connection of Django's to it has under way, if any. From any thread."""

    @abstractmethod
    def let_run(self, connection: BaseDatabaseWrapper) -> None:
        """Let statements take as long as the server allows: undo interrupt()."""

    def why_readers_could_write(self) -> str | None:
        """Return why a run that may only read could lift that, in sentences; None where it cannot."""
        return None

    @abstractmethod
    def refused(self, error: BaseException) -> bool:
        """Whether a database error means that the connection may only read."""

    @abstractmethod
    def lost(self, error: BaseException) -> EngineUnavailable | None:
        """Return EngineUnavailable where a database error means that the server is gone, or None.

        Where it means that a shelf's file is damaged, a ShelfDamaged.
        """

    def is_damaged(self, books: int) -> bool:
        """Whether the shelf's file cannot be read. A server sees to its own files."""
        return False

    @abstractmethod
    def checksum(self, books: int) -> str:
        """Text that changes with any row or sequence of the shelf."""

    @abstractmethod
    def disk_bytes(self, books: int) -> int:
        """What the shelf takes on disk."""

    def missing(self, books: int) -> ShelfMissing:
        return ShelfMissing(
            f"{self.label} has no shelf of {books:,} books."
            f" Make it: python manage.py seed_library --engine {self.name} --books {books}"
        )


@dataclass(frozen=True)
class Copy:
    """A throw-away database.

    where: how its engine calls it
    """

    engine: Engine
    where: Any

    def connect(self, *, read_only: bool = False) -> AbstractContextManager[BaseDatabaseWrapper]:
        """Context manager: a new connection to it."""
        return self.engine.connect(self, read_only=read_only)

    def again(self) -> "AbstractContextManager[Copy]":
        """Context manager: a copy of this one, which nobody may be connected to, dropped after."""
        return self.engine.copy_again(self)
