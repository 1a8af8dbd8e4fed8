"""Faults of the machine, and not of the site's code, in words for a reader who cannot mend them."""

import errno
import sqlite3
from collections.abc import Iterator

_WHO = "Whoever runs this site has to mend that; its log says where."
_FULL = f"The disk of the machine that this site runs on is full. {_WHO}"
_FORBIDDEN = f"This site may not read or write its own files. {_WHO}"
_EXHAUSTED = f"The machine that this site runs on has no memory, or no open files, left. {_WHO}"
_OF_THE_SYSTEM = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT), _FULL),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), _FORBIDDEN),
    **dict.fromkeys((errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN), _EXHAUSTED),
}
_OF_SQLITE = {
    sqlite3.SQLITE_FULL: _FULL,
    **dict.fromkeys((sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN), _FORBIDDEN),
    sqlite3.SQLITE_NOMEM: _EXHAUSTED,
}


def machine_fault(error: BaseException) -> str | None:
    """Return what is wrong with the machine, in a sentence, if that is why there is this error."""
    return next((told for each in _causes(error) if (told := _told(each))), None)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what it came from: Django has errors of its own for those of the drivers."""
    while error is not None:
        yield error
        error = error.__cause__


def _told(error: BaseException) -> str | None:
    if isinstance(error, MemoryError):
        return _EXHAUSTED
    if isinstance(error, OSError):
        return _OF_THE_SYSTEM.get(error.errno or 0)
    return _OF_SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
