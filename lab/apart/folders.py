"""Where the broker is."""

import hashlib
import os
import sys
import tempfile
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from lab.apart.options import SOCKET

_LONGEST = 100  # characters of a socket's path, at the most, on any system
_CODE = ("config", "lab", "lessons", "library")


def folder() -> Path:
    """Of the broker of this code and these settings. Raises OSError."""
    said = [settings.DATA_DIR, settings.POSTGRES_URL, settings.MYSQL_URL, settings.CACHES["default"]]
    said += [settings.RUNNERS, settings.RUNNER_MEMORY, settings.RUNS_WAITING]
    return _folder(settings.DATA_DIR, settings.BASE_DIR, repr(said))


@lru_cache
def _folder(data_dir: Path, base: Path, settings: str) -> Path:
    newest = max(path.stat().st_mtime_ns for name in _CODE for path in (base / name).rglob("*.py"))
    said = "\n".join(map(str, (base, settings, newest, sys.executable, os.getuid())))
    name = hashlib.sha256(said.encode()).hexdigest()[:12]
    elsewhere = Path(tempfile.gettempdir()) / f"queryshelf-runners-{os.getuid()}"
    for parent in (data_dir / "runners", elsewhere):
        if len(str(parent / name / SOCKET)) <= _LONGEST and _own(parent) and _own(parent / name):
            return parent / name
    raise PermissionError(f"neither {data_dir} nor {elsewhere} can be written to")


def _own(path: Path) -> bool:
    """Make a folder that nobody else may enter. Return whether there is one that can be written to."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        (path / ".writable").touch()
    except OSError:
        return False
    found = path.stat()
    return found.st_uid == os.getuid() and not found.st_mode & 0o077
