"""How much work a run makes SQLite do, where times would say more of the reader's machine."""

from collections.abc import Callable
from typing import Any

from lab.running.closed import closed
from lab.running.rows import chunks
from lab.running.runner import call
from lab.shelves import Shelf
from lessons.course.contract import Variant
from lessons.runs.shelved import ShelvedLesson

_EVERY = 10  # instructions between two calls of the handler
_SLACK, _FEW = 1.25, 100  # as good a plan may take a few more


def steps_allowed(reference: int) -> int:
    """Return how many are within the budget."""
    return int(reference * _SLACK) + _FEW


def steps_of(shelved: ShelvedLesson, variant: Variant) -> int:
    """Return how many instructions SQLite's virtual machine takes in a run of the variant, in about tens.

    It is the same in each run: the plan of the statements decides it, and the rows of the tables.
    """
    taken: int = shelved.run(_count, variant)
    return taken


def _count(function: Callable[[], Any], *, shelf: Shelf, **where: Any) -> int:
    calls = 0

    def note() -> int:
        nonlocal calls
        calls += 1
        return 0  # go on

    with closed(), shelf.open(**where) as connection:
        connection.ensure_connection()
        connection.connection.set_progress_handler(note, _EVERY)
        for _ in chunks(call(function)):
            pass
    return calls * _EVERY
