"""What the judge says: plain, frozen values, which go to the page as JSON."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from lab.recording.places import Place
from lessons.runs.row_diff import RowDifference

_LONGEST = 80  # characters of a value


class Kind(StrEnum):
    """What is amiss, the most telling first."""

    LOAD = "load"  # the code cannot be loaded, or has no run()
    RAISED = "raised"
    STOPPED = "stopped"  # by a bound
    ROWS = "rows"  # those returned, or those left in the tables, are not the reference's
    BUDGET = "budget"


@dataclass(frozen=True, kw_only=True)
class Shortfall:
    kind: Kind
    text: str  # what is missing, and what to look at
    shelf: int | None = None  # number of books; None where no shelf has to do with it
    difference: tuple[RowDifference, ...] = ()  # left is expected, right is what came
    group: Place | None = None  # of the expression that costs most
    place: Place | None = None  # of the error

    def as_plain(self) -> dict[str, Any]:
        return {
            "kind": str(self.kind),
            "text": self.text,
            "shelf": self.shelf,
            "difference": [aligned(each) for each in self.difference],
            "group": self.group and asdict(self.group),
            "place": self.place and asdict(self.place),
        }


@dataclass(frozen=True, kw_only=True)
class ShelfResult:
    """The reader's run on a shelf beside the reference's."""

    books: int
    rows: int  # returned
    expected_rows: int
    same: bool  # whether they are right
    figures: dict[str, tuple[int, int]]  # by what is judged: the reader's, and the budget

    def as_plain(self) -> dict[str, Any]:
        return {
            "books": self.books,
            "rows": self.rows,
            "expected_rows": self.expected_rows,
            "same": self.same,
            "figures": {
                name: {"yours": yours, "budget": budget} for name, (yours, budget) in self.figures.items()
            },
        }


@dataclass(frozen=True, kw_only=True)
class Verdict:
    missing: tuple[Shortfall, ...]  # one of a kind, the most telling first
    shelves: tuple[ShelfResult, ...]  # those on which the code came to its end, the smallest first
    rule: str  # what the lesson's reader takes home

    @property
    def solved(self) -> bool:
        return not self.missing

    def as_plain(self) -> dict[str, Any]:
        """
        {solved, rule, missing: [{kind, text, shelf, difference: [{alike, count, expected, got}], group, place}],
        shelves: [{books, rows, expected_rows, same, figures: {name: {yours, budget}}}]}

        expected and got: the texts of a row's values, or None where there is no such row. group and place: as
        lab.recording.places.Place has them, or None
        """
        return {
            "solved": self.solved,
            "rule": self.rule,
            "missing": [shortfall.as_plain() for shortfall in self.missing],
            "shelves": [result.as_plain() for result in self.shelves],
        }


def aligned(difference: RowDifference) -> dict[str, Any]:
    """Plain values for frontend/challenge/told/rows.js."""
    return {
        "alike": difference.alike,
        "count": difference.count,
        "expected": _texts(difference.left),
        "got": _texts(difference.right),
    }


def _texts(row: tuple[Any, ...]) -> list[str] | None:
    """row: in a tuple, which is empty where there is none"""
    if not row:
        return None
    [values] = row
    if isinstance(values, dict):
        return [f"{name}: {_short(value)}" for name, value in values.items()]
    return [_short(value) for value in values] if isinstance(values, (list, tuple)) else [_short(values)]


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
