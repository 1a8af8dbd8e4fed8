"""The words that plans of all databases share."""

from math import isfinite
from typing import Any

from lab.plans.nodes import TableAccess

# A step in plain words, two or three words of it, and how it gets at its table: as in Node.
Words = tuple[str | None, str | None, TableAccess | None]

_WRONG_FACTOR = 10  # an estimate this far off, by this many rows, is worth a note
_WRONG_ROWS = 100
_DROPPED_SHARE = 0.9


def listed(parts: list[str]) -> str:
    """a, b and c"""
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last


def model(table: str) -> str:
    """The name readers know a table by."""
    return table.removeprefix("library_")


def rows(count: float) -> str:
    return f"{count:,.0f} row{'' if round(count) == 1 else 's'}"


def count_or_none(value: Any) -> float | None:
    """A number as databases write them in JSON: 3, 3.0, "3.00" or null. A whole one is an int."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    if not isfinite(number):
        return None
    return int(number) if number == int(number) else number


def text(value: object) -> str:
    """A value of a plan as a condition is shown: a list with commas."""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def by_key(table: str, key: str, *, many: bool) -> tuple[str, TableAccess]:
    """(says, access) of a jump to one row, or to one for each key of a list."""
    goal = f"each row of {table} that it wants" if many else f"one row of {table}"
    return f"jumps by {key} to {goal}", TableAccess.ONE


def in_order(key: str) -> str:
    return f"in the order of {'its ' if key == 'primary key' else ''}{key}"


def whole_index(table: str, key: str) -> str:
    """What reads an index from end to end, and not the table: "all of book’s index on author_id"."""
    of = key.replace("its ", f"{table}’s ", 1) if key.startswith("its ") else f"{table}’s {key}"
    return f"reads all of {of}, and not the table itself"


def wrong_estimate(estimated: float | None, actual: float | None, loops: float) -> str | None:
    """A note where the planner was far off, or None. Rows of one loop."""
    if estimated is None or actual is None or not loops:
        return None
    low, high = sorted([max(estimated, 1), max(actual, 1)])
    if high / low < _WRONG_FACTOR or (high - low) * loops < _WRONG_ROWS:
        return None
    each = " each time" if loops > 1 else ""
    return f"The planner expected {rows(estimated)}{each} and got {rows(actual)}."


def dropped(read: float, kept: float) -> str | None:
    """A note where most of what is read is thrown away, or None. Rows of all loops."""
    gone = read - kept
    if gone < _WRONG_ROWS or gone < _DROPPED_SHARE * read:
        return None
    return f"It reads {rows(read)} to keep {kept:,.0f}."
