"""A folder for throw-away files that the next process sweeps if this one dies.

Each process keeps a lock on its own folder. The operating system frees the lock however the process ends,
kill -9 included, so a folder whose lock can be taken belongs to nobody. (Process numbers would not do: in a
container the same few come back at every start.) The lock is SQLite's, on an empty database: it is portable, and
at hand. The package filelock would slow down what is measured here: it hooks every id() of the process.
"""

import atexit
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import lru_cache
from pathlib import Path

_LOCK = "owner.lock"
_PATIENCE = 120  # seconds that `locked` waits


def scratch_folder(root: Path) -> Path:
    """This process's own folder under `root`, a Path."""
    folder = _make(Path(root), os.getpid())
    if not folder.exists():  # somebody has emptied the data folder meanwhile
        _make.cache_clear()
        folder = _make(Path(root), os.getpid())
    return folder


@lru_cache
def _make(root: Path, pid: int) -> Path:
    root.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{pid}-", dir=root))
    owner = take_lock(folder / _LOCK)
    atexit.register(_remove, folder, owner)
    return folder


def sweep(root: Path) -> list[str]:
    """Remove the folders under `root` whose process is gone. Returns their names."""
    swept = []
    for folder in Path(root).glob("*-*"):
        try:
            owner = take_lock(folder / _LOCK)
        except sqlite3.OperationalError:  # its process lives
            continue
        _remove(folder, owner)
        swept.append(folder.name)
    return swept


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock of this file, among processes and threads. Raises sqlite3.OperationalError after minutes."""
    with closing(take_lock(path, patience=_PATIENCE)):
        yield


def take_lock(path: Path, *, patience: float = 0) -> sqlite3.Connection:
    """Lock the file until what is returned is closed, or the process ends in whatever way.

    patience: seconds to wait. Raises sqlite3.OperationalError where another process or thread has it.
    """
    owner = sqlite3.connect(path, timeout=patience, isolation_level=None, check_same_thread=False)
    try:
        owner.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError:
        owner.close()
        raise
    return owner


def _remove(folder: Path, owner: sqlite3.Connection) -> None:
    owner.close()
    shutil.rmtree(folder, ignore_errors=True)
