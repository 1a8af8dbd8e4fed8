"""What a run returned: plain rows, counted, previewed and condensed to a digest."""

import datetime
import decimal
import uuid
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from itertools import islice
from operator import itemgetter
from typing import Any

from lab.exceptions import RowsError

PREVIEW = 10
_CHUNK = 1_000
_MODULUS = 1 << 128
_PLAIN = (
    str,
    int,
    float,
    bytes,
    decimal.Decimal,
    datetime.date,
    datetime.time,
    datetime.timedelta,
    uuid.UUID,
)


def plain(value: Any) -> Any:
    """A form in which equal values have one repr: 12.50 and 12.5 are the same price."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, decimal.Decimal):
        return ("number", str(value.normalize() + 0))
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, Mapping):
        return ("dict", tuple(sorted(((plain(k), plain(v)) for k, v in value.items()), key=itemgetter(0))))
    if isinstance(value, (list, tuple)):
        return tuple([plain(item) for item in value])
    if isinstance(value, (set, frozenset)):
        return ("set", tuple(sorted((plain(item) for item in value), key=repr)))
    raise RowsError(
        f"run() gave a {type(value).__name__}. Return or yield plain rows: tuples, dicts, text, numbers, dates."
    )


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
        self._sum = 0

    def add(self, row: Any) -> None:
        digest = int.from_bytes(blake2b(repr(plain(row)).encode(), digest_size=16).digest())
        self._sum = (self._sum * 1_000_003 + digest if self.ordered else self._sum + digest) % _MODULUS
        if self.count < self.keep:
            self.preview.append(row)
        self.count += 1

    @property
    def digest(self) -> str:
        return f"{self._sum:032x}"


def chunks(result: Any) -> Iterator[list[Any]]:
    """Split what run() returned into lists of rows; running a generator is part of the run."""
    if result is None:
        return
    rows = iter([result]) if isinstance(result, (str, *_PLAIN)) else iter(result)
    while chunk := list(islice(rows, _CHUNK)):
        yield chunk
