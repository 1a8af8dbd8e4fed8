"""The first row by which two runs of a lesson differ, in words."""

from collections.abc import Sequence
from functools import partial
from itertools import count
from typing import Any

from lab.apart.client import apart
from lab.running.differing import Run, first_difference, with_rows
from lessons.course.contract import Variant
from lessons.runs.shelved import ShelvedLesson

Side = tuple[ShelvedLesson, Variant]

_LONGEST = 90  # characters of a row
_BEFORE = 30  # those that both rows have, before the first that they do not


def tell_first_difference(left: Side, right: Side) -> tuple[str, str] | None:
    """Run both again, and return the first row of each that the other does not have, as a text.

    None where there is no such row after all. Raises LabError or LessonError, as ShelvedLesson does.
    """
    found = first_difference(_run(left), _run(right), ordered=left[0].lesson.ordered)
    return None if found is None else _cut(_text(found.left), _text(found.right))


@apart()
def shown_difference(sides: Sequence[tuple[str, Side, str | None]]) -> tuple[tuple[str, str], ...]:
    """Return ((label, row), (label, row)) of the first two sides whose digests differ, for a page to show.

    sides: (label, side, digest of its rows), of runs that got to their end
    """
    by_digest: dict[str | None, tuple[str, Side]] = {}
    for label, side, digest in sides:
        by_digest.setdefault(digest, (label, side))
    pair = list(by_digest.values())[:2]
    if len(pair) < 2:
        return ()
    rows = tell_first_difference(*(side for _, side in pair))
    return () if rows is None else tuple((label, row) for (label, _), row in zip(pair, rows, strict=True))


def _run(side: Side) -> Run:
    shelved, variant = side
    return partial(_take, shelved, variant)


def _take(shelved: ShelvedLesson, variant: Variant, take: Any) -> Any:
    return shelved.run(with_rows, variant, take=take)


def _text(row: tuple[Any, ...]) -> str:
    return repr(row[0]) if row else "none"


def _cut(*texts: str) -> tuple[str, str]:
    """Leave out most of what both have in common before they differ, and what is too long after it."""
    alike = next(n for n in count() if len({text[n : n + 1] for text in texts}) > 1 or n >= len(texts[0]))
    start = max(0, alike - _BEFORE) if max(map(len, texts)) > _LONGEST else 0
    left, right = (
        "…" * bool(start) + text[start : start + _LONGEST] + "…" * (len(text) > start + _LONGEST) for text in texts
    )
    return left, right
