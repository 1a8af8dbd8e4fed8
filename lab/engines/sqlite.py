import hashlib
import re
import shutil
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

from django.db import Error as DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper

from lab.engines.base import Copy, Engine, Fill
from lab.engines.scratch import scratch_folder, sweep
from lab.engines.shelf_connection import new_connection
from lab.exceptions import EngineUnavailable, ShelfDamaged

_BACKEND = "django.db.backends.sqlite3"
_SHELF = re.compile(r"([0-9]+)(?:-([0-9a-f]+))?\.sqlite3")
_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_IOERR}
_INSTRUCTIONS = 50_000  # of SQLite's virtual machine between two looks at the clock: a few milliseconds


class SQLite(Engine):
    """One file a shelf, in `folder`: <books>-<edition>.sqlite3."""

    name = "sqlite"
    label = "SQLite"

    def __init__(self, folder: Path, edition: str) -> None:
        self.folder, self.edition = Path(folder), edition
        self.scratch = self.folder / "scratch"

    def off(self) -> str | None:
        return None  # it is a library

    def lost(self, error: BaseException) -> EngineUnavailable | None:
        """Of shelves, since a run may have damaged its own copy."""
        if _code(error) not in _DAMAGE:
            return None
        damaged = next((books for books in self.sizes() if self.is_damaged(books)), None)
        if damaged is None:
            return None
        return ShelfDamaged(
            f"The file of SQLite’s shelf of {damaged:,} books is damaged ({error})."
            f" Make it anew: python manage.py seed_library --engine sqlite --books {damaged}"
        )

    def is_damaged(self, books: int) -> bool:
        with closing(sqlite3.connect(self._existing(books))) as connection:
            try:
                return bool(connection.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",))
            except sqlite3.DatabaseError:
                return True

    def sweep(self) -> None:
        sweep(self.scratch)

    def version(self) -> str:
        return sqlite3.sqlite_version

    def shelves(self) -> set[tuple[str, int]]:
        try:
            paths = list(self.folder.iterdir())  # pages ask several times, and glob() takes its time
        except OSError:
            return set()
        named = (_SHELF.fullmatch(path.name) for path in paths)
        return {(match[2] or "", int(match[1])) for match in named if match}

    def build(self, books: int, fill: Fill) -> None:
        with self._scratch_file() as path:
            with self._connect(path) as connection:
                fill(connection)
            self.folder.mkdir(parents=True, exist_ok=True)
            path.chmod(0o600)  # whatever the umask
            path.replace(self._path(books))

    def drop(self, books: int) -> None:
        self._path(books).unlink(missing_ok=True)

    @contextmanager
    def reader(self, books: int) -> Iterator[BaseDatabaseWrapper]:
        with self._connect(self._existing(books), read_only=True) as connection:
            try:
                connection.ensure_connection()
            except DatabaseError as error:
                self._existing(books, error)
                raise
            yield connection

    @contextmanager
    def copy(self, books: int, *, kept: bool = False) -> Iterator[Copy]:
        with ExitStack() as stack:
            try:
                copy = stack.enter_context(self._copied(self._existing(books), mark="kept-" if kept else ""))
            except FileNotFoundError as error:
                self._existing(books, error)
                raise
            yield copy

    def copy_again(self, copy: Copy) -> AbstractContextManager[Copy]:
        return self._copied(copy.where)

    def connect(self, copy: Copy, *, read_only: bool = False) -> AbstractContextManager[BaseDatabaseWrapper]:
        return self._connect(copy.where, read_only=read_only)

    def analyze(self, connection: BaseDatabaseWrapper) -> None:
        return None  # shelves have no statistics here

    def interrupt(self, connection: BaseDatabaseWrapper, seconds: float) -> None:
        deadline = monotonic() + seconds
        connection.ensure_connection()
        connection.connection.set_progress_handler(lambda: monotonic() > deadline, _INSTRUCTIONS)

    def cancel(self, connection: Any) -> None:
        connection.connection.interrupt()

    def let_run(self, connection: BaseDatabaseWrapper) -> None:
        connection.connection.set_progress_handler(None, 0)

    def refused(self, error: BaseException) -> bool:
        return _code(error) == sqlite3.SQLITE_READONLY

    def checksum(self, books: int) -> str:
        with self._existing(books).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def disk_bytes(self, books: int) -> int:
        return self._existing(books).stat().st_size

    def _path(self, books: int) -> Path:
        return self.folder / f"{books}{self.edition and '-'}{self.edition}.sqlite3"

    def _existing(self, books: int, error: Exception | None = None) -> Path:
        """Return the shelf's file. Raises ShelfMissing where there is none. error: that may come of it"""
        path = self._path(books)
        if not path.exists():
            raise self.missing(books) from error
        return path

    @contextmanager
    def _copied(self, source: Path, *, mark: str = "") -> Iterator[Copy]:
        with self._scratch_file(mark) as path:
            shutil.copyfile(source, path)
            yield Copy(self, path)

    @contextmanager
    def _scratch_file(self, mark: str = "") -> Iterator[Path]:
        path = scratch_folder(self.scratch) / f"{mark}{uuid.uuid4().hex}.sqlite3"
        try:
            yield path
        finally:
            for leftover in path.parent.glob(f"{path.name}*"):  # the file, its journal or its log
                leftover.unlink()

    @contextmanager
    def _connect(self, path: Path, *, read_only: bool = False) -> Iterator[BaseDatabaseWrapper]:
        # Stronger than PRAGMA query_only, which a lesson's own SQL could switch off.
        name = f"{path.as_uri()}?mode=ro" if read_only else str(path)
        try:
            with closing(
                new_connection(_BACKEND, self.cancel, NAME=name, OPTIONS={"factory": DriverConnection})
            ) as connection:
                yield connection
        except DatabaseError as error:
            if lost := self.lost(error):
                raise lost from error
            raise


class DriverConnection(sqlite3.Connection):
    """A connection of the driver whose cursors can be watched, and that reaches one file alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)  # what is attached could be written

    def cursor_class(self, cls: type) -> type:  # what a recorder replaces
        return cls

    def cursor(self, factory: Any = sqlite3.Cursor) -> Any:
        return super().cursor(self.cursor_class(factory))

    def execute(self, *args: Any) -> Any:
        return self.cursor().execute(*args)

    def executemany(self, *args: Any) -> Any:
        return self.cursor().executemany(*args)

    def executescript(self, *args: Any) -> Any:
        return self.cursor().executescript(*args)


def _code(error: BaseException) -> int:
    """The primary code of an error of SQLite or of Django's, 0 for any other."""
    code: int = getattr(error.__cause__ or error, "sqlite_errorcode", 0)
    return code & 0xFF
