import hashlib
import shutil
import sqlite3
import uuid
from contextlib import closing, contextmanager
from pathlib import Path
from time import monotonic

from lab.engines.base import Copy, Engine, new_connection
from lab.engines.scratch import scratch_folder, sweep

_BACKEND = "django.db.backends.sqlite3"
_INSTRUCTIONS = 50_000  # of SQLite's virtual machine between two looks at the clock: a few milliseconds


class SQLite(Engine):
    """One file a shelf, in `folder`."""

    name = "sqlite"
    label = "SQLite"

    def __init__(self, folder):
        self.folder = Path(folder)
        self.scratch = self.folder / "scratch"

    def off(self):
        return None  # it is a library

    def lost(self, error):
        return None

    def sweep(self):
        sweep(self.scratch)

    def version(self):
        return sqlite3.sqlite_version

    def sizes(self):
        return sorted(int(path.stem) for path in self.folder.glob("*.sqlite3") if path.stem.isdigit())

    def build(self, books, fill):
        with self._scratch_file() as path:
            with _connect(path) as connection:
                fill(connection)
            self.folder.mkdir(parents=True, exist_ok=True)
            path.replace(self._path(books))

    def drop(self, books):
        self._path(books).unlink(missing_ok=True)

    @contextmanager
    def reader(self, books):
        with _connect(self._existing(books), read_only=True) as connection:
            yield connection

    def copy(self, books):
        return self._copied(self._existing(books))

    def copy_again(self, copy):
        return self._copied(copy.where)

    def connect(self, copy, *, read_only=False):
        return _connect(copy.where, read_only=read_only)

    def analyze(self, connection):
        return None  # shelves have no statistics here

    def interrupt(self, connection, seconds):
        deadline = monotonic() + seconds
        connection.ensure_connection()
        connection.connection.set_progress_handler(lambda: monotonic() > deadline, _INSTRUCTIONS)

    def refused(self, error):
        code = getattr(error.__cause__, "sqlite_errorcode", 0)
        return code & 0xFF == sqlite3.SQLITE_READONLY

    def checksum(self, books):
        with self._existing(books).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def disk_bytes(self, books):
        return self._existing(books).stat().st_size

    def _path(self, books):
        return self.folder / f"{books}.sqlite3"

    def _existing(self, books):
        path = self._path(books)
        if not path.exists():
            raise self.missing(books)
        return path

    @contextmanager
    def _copied(self, source):
        with self._scratch_file() as path:
            shutil.copyfile(source, path)
            yield Copy(self, path)

    @contextmanager
    def _scratch_file(self):
        path = scratch_folder(self.scratch) / f"{uuid.uuid4().hex}.sqlite3"
        try:
            yield path
        finally:
            for leftover in path.parent.glob(f"{path.name}*"):  # the file, its journal or its log
                leftover.unlink()


@contextmanager
def _connect(path, *, read_only=False):
    # Stronger than PRAGMA query_only, which a lesson's own SQL could switch off.
    name = f"{path.as_uri()}?mode=ro" if read_only else str(path)
    with closing(new_connection(_BACKEND, NAME=name)) as connection:
        yield connection
