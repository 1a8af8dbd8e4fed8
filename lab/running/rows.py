"""What a run returned: plain rows, counted, previewed and condensed to a digest."""

import datetime
import decimal
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from contextlib import suppress
from hashlib import blake2b
from itertools import islice
from typing import Any

from lab.exceptions import RowsError

PREVIEW = 10
_CHUNK = 1_000
_MODULUS = 1 << 128
_NUMBERS = (int, float, decimal.Decimal)
_BYTES = (bytes, bytearray, memoryview)
_DATES = (datetime.date, datetime.time, datetime.timedelta)
_PLAIN = (str, *_NUMBERS, *_BYTES, *_DATES, uuid.UUID)
_MIDNIGHT = datetime.datetime.min


def canonical(value: Any) -> str:
    """A text that equal values have in common, and no others: Python's ==, but for a list that equals a tuple.

    So 1, True and Decimal("1.00") have the same, one moment in two time zones, a member of an enumeration and its
    text. Raises RowsError for what is not plain.
    """
    if isinstance(value, str):
        return repr(str.__str__(value))
    if isinstance(value, _NUMBERS):
        return _number(value)
    if value is None:
        return "None"
    if isinstance(value, (list, tuple)):
        # What rows are mostly made of, without a call for each.
        return f"({', '.join([repr(each) if type(each) is str else canonical(each) for each in value])})"
    if isinstance(value, _DATES):
        return _date(value)
    if isinstance(value, _BYTES):
        return repr(bytes(value))
    if isinstance(value, uuid.UUID):
        return f"uuid {value}"
    if isinstance(value, Mapping):
        return f"dict {', '.join(sorted(f'{canonical(key)}: {canonical(value[key])}' for key in value))};"
    if isinstance(value, Set):
        return f"set {', '.join(sorted(map(canonical, value)))};"
    raise RowsError(
        f"run() gave a {type(value).__name__}. Return or yield plain rows: tuples, dicts, text, numbers, dates."
    )


def _number(value: Any) -> str:
    if isinstance(value, int):
        return f"{int.__format__(value, 'x')}/1"
    try:
        numerator, denominator = value.as_integer_ratio()
    except (OverflowError, ValueError):  # infinity, no number
        return str(float(value))
    return f"{numerator:x}/{denominator:x}"


def _date(value: Any) -> str:
    """Moments with a time zone are told from those without."""
    if isinstance(value, datetime.timedelta):
        return f"duration {value // datetime.timedelta.resolution}"
    if isinstance(value, datetime.time):
        passed = datetime.datetime.combine(_MIDNIGHT, value.replace(tzinfo=None)) - _MIDNIGHT
    elif isinstance(value, datetime.datetime):
        passed = value.replace(tzinfo=None) - _MIDNIGHT
    else:
        return f"date {value.toordinal()}"
    kind = "time" if isinstance(value, datetime.time) else "datetime"
    offset = value.utcoffset()
    return f"{kind} {passed}" if offset is None else f"{kind} {passed - offset} UTC"


def row_digest(row: Any) -> int:
    """16 bytes that equal rows have in common."""
    return int.from_bytes(blake2b(canonical(row).encode(), digest_size=16).digest())


class Rows:
    """Takes rows one by one, in flat memory.

    ordered: whether the order of the rows is part of the digest; if not, they count as a multiset.
    keep: how many rows stay in the preview
    """

    def __init__(self, *, ordered: bool, keep: int = PREVIEW) -> None:
        self.ordered = ordered
        self.keep = keep
        self.count = 0
        self.preview: list[Any] = []
        self.rendered: str | None = None  # the text, where run() returned a rendered template
        self._sum = 0  # of the digests of rows whose order does not count
        self._whole = blake2b(digest_size=16)  # of rows in order, a line each: canonical() has no line breaks

    def add(self, row: Any) -> None:
        if self.ordered:
            self._whole.update(f"{canonical(row)}\n".encode())
        else:
            self._sum = (self._sum + row_digest(row)) % _MODULUS
        if self.count < self.keep:
            self.preview.append(row)
        self.count += 1

    @property
    def digest(self) -> str:
        return self._whole.hexdigest() if self.ordered else f"{self._sum:032x}"


def chunks(result: Any) -> Iterator[list[Any]]:
    """Split what run() returned into lists of rows; running a generator is part of the run."""
    rows = iter(_rows(result))
    while chunk := list(islice(rows, _CHUNK)):
        yield chunk


def _rows(result: Any) -> Iterable[Any]:
    if result is None:
        return ()
    if isinstance(result, _PLAIN):
        return (result,)
    if isinstance(result, Mapping):
        return _in_order(result.items(), result)
    if isinstance(result, Set):
        return _in_order(result, result)
    iterable: Iterable[Any] = result
    return iterable


def _in_order(rows: Collection[Any], keys: Iterable[Any]) -> list[Any]:
    """The order of a dict or a set does not count: equal ones give equal rows in turn."""
    if all(isinstance(key, _PLAIN) for key in keys):
        with suppress(TypeError):  # keys of several types
            return sorted(rows)
    return sorted(rows, key=canonical)
