"""Where the rows of two runs begin to differ. Both are run again, since nobody keeps all the rows of a run."""

from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from lab.running.closed import closed
from lab.running.rows import chunks, row_digest
from lab.running.runner import call
from lab.shelves import Shelf

_EIGHT_BYTES = (1 << 64) - 1

# Calls a function with the rows of a run, and returns what that returns.
Run = Callable[[Callable[[Iterator[Any]], Any]], Any]


@dataclass(frozen=True, kw_only=True)
class FirstDifference:
    """A row of each run, in a tuple, which is empty where the run has none that the other lacks.

    Of a text they are lines.
    """

    left: tuple[Any, ...]
    right: tuple[Any, ...]


def first_difference(left: Run, right: Run, *, ordered: bool) -> FirstDifference | None:
    """Return the first row of each run that the other does not have, or None where there is none.

    ordered: whether it must have it at the same position
    """
    ours, theirs = left(_digests), right(_digests)
    first = _unmatched(ours, theirs, ordered), _unmatched(theirs, ours, ordered)
    if first == (None, None):
        return None
    rows = [() if n is None else run(_row(n)) for run, n in zip((left, right), first, strict=True)]
    return FirstDifference(left=rows[0], right=rows[1])


def with_rows(
    function: Callable[[], Any], take: Callable[[Iterator[Any]], Any], *, shelf: Shelf, **where: Any
) -> Any:
    """Run `function()` on a shelf opened anew, and return what `take` makes of its rows.

    where: access, prepare and template, as in Shelf.open
    """
    with closed(), shelf.open(**where):
        result = call(function)
        if isinstance(result, str):
            return take(iter(result.splitlines(keepends=True)))
        return take(chain.from_iterable(chunks(result)))


def _digests(rows: Iterator[Any]) -> Sequence[int]:
    return array("Q", (row_digest(row) & _EIGHT_BYTES for row in rows))


def _row(n: int) -> Callable[[Iterator[Any]], tuple[Any, ...]]:
    return lambda rows: tuple(islice(rows, n, n + 1))


def _unmatched(one: Sequence[int], other: Sequence[int], ordered: bool) -> int | None:
    """The index of the first of `one` that `other` does not have."""
    if ordered:
        return next((n for n, digest in enumerate(one) if n >= len(other) or digest != other[n]), None)
    left = Counter(other)
    for n, digest in enumerate(one):
        if not left[digest]:
            return n
        left[digest] -= 1
    return None
