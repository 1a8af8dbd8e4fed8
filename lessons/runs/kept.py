"""Prepared copies of shelves that runs of a process share, where they only read: made once, and kept."""

import atexit
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from time import monotonic
from typing import Any, NamedTuple

from django.db import Error as DatabaseError

from lab.engines.base import Copy
from lab.exceptions import LabError
from lab.running.process import Process
from lab.running.setup import Setup
from lab.shelves import READ, Label, Shelf
from lessons.course.contract import Lesson
from lessons.runs.code import lasts, setup_of

most = 4  # copies, each of which a connection holds
_LONGEST = 3600  # seconds: a setup may have put in what happened "yesterday"


class _Where(NamedTuple):
    shelf: Shelf
    label: Label  # another one where it has been made anew
    setup: Setup


@dataclass(frozen=True)
class _Kept:
    copy: Copy | None  # None where there is nothing to share
    stack: ExitStack
    made: float

    def lasts(self) -> bool:
        if monotonic() - self.made > _LONGEST:
            return False
        try:
            if self.copy:
                with self.copy.connect(read_only=True) as connection:
                    connection.ensure_connection()
        except (LabError, DatabaseError):  # it has been swept, or is gone with its server
            return False
        return True


_kept: OrderedDict[_Where, _Kept] = OrderedDict()  # what was asked for last stands last


@contextmanager
def where_to_run(lesson: Lesson, shelf: Shelf, template: Copy | None = None) -> Iterator[dict[str, Any]]:
    """Keywords of Shelf.open() for a run of the lesson, and the shelf. Within closed(). Raises LabError.

    template: what is prepared already; without it, a lesson that reads has a copy that is kept for later runs
    """
    setup = setup_of(lesson)
    where = {"shelf": shelf, "access": lesson.access, "prepare": setup and setup.prepare}
    where |= {"databases": lesson.databases} if lesson.databases else {}
    if setup:
        setup.introduce()
    if template is None and setup and lesson.access == READ and lasts(setup):
        with _kept_copy(_Where(shelf, shelf.label(), setup)) as template:
            yield {"template": template, **where}
    else:
        yield {"template": template, **where}


@contextmanager
def _kept_copy(where: _Where) -> Iterator[Copy | None]:
    """None where preparing changes the process too, as each run has to."""
    if where in _kept and not _kept[where].lasts():
        _drop(where)
    if where not in _kept:
        _kept[where] = _make(where)
    _kept.move_to_end(where)
    while len(_kept) > most:
        _drop(next(iter(_kept)))
    yield _kept[where].copy


def _make(where: _Where) -> _Kept:
    with ExitStack() as stack:
        process = Process()
        copy = stack.enter_context(where.shelf.copy(prepare=where.setup.prepare, kept=True))
        if process.changes():
            return _Kept(None, ExitStack(), monotonic())
        return _Kept(copy, stack.pop_all(), monotonic())


def _drop(where: _Where) -> None:
    if (dropped := _kept.pop(where, None)) is not None:
        with suppress(LabError, DatabaseError, OSError):  # whoever sweeps next finds it
            dropped.stack.close()


@atexit.register
def drop_all() -> None:
    for where in list(_kept):
        _drop(where)
