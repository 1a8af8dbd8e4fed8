"""Tells whether the files of a folder are what they were."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

Stamp = frozenset[tuple[str, int]]


def stamp_of(folder: Path) -> Stamp:
    """Return what differs once a file or folder in it comes, goes, or is written."""
    return frozenset(_times(str(folder)))


def _times(folder: str) -> Iterator[tuple[str, int]]:
    with suppress(OSError), os.scandir(folder) as entries:  # one may go away just now
        for entry in entries:
            if entry.name != "__pycache__":
                yield entry.path, entry.stat().st_mtime_ns
                if entry.is_dir():
                    yield from _times(entry.path)
