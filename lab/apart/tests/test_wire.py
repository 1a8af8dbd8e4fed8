import os
import pickle
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

import pytest
from django.db import IntegrityError
from django.utils.safestring import mark_safe

from lab.apart import wire
from lab.exceptions import ShelfMissing
from lab.race import End
from lab.recording.report import Report, Status
from library.models import Book

PLAIN = [
    None,
    (1, 2.5, "text", b"bytes", {"a": [1, {2}]}, frozenset({3}), range(4), 1j, slice(1, 2)),
    (Decimal("1.50"), Fraction(1, 3), UUID(int=7), datetime(2026, 1, 2, tzinfo=UTC)),
    Report(status=Status.OK, preview=((1, "a"),), rows=1),
]


@pytest.mark.parametrize("value", PLAIN)
def test_plain_values_come_as_they_are(value):
    assert wire.loads(wire.dumps(value)) == value


def test_model_instance_comes_as_its_text():
    book = Book(pk=7, title="Stone soup")
    told = wire.loads(wire.dumps(book))
    assert (str(told), repr(told)) == (str(book), repr(book))


def test_member_of_an_enumeration_comes_as_one():
    assert wire.loads(wire.dumps((Status.OK, End.DEADLOCK))) == (Status.OK, End.DEADLOCK)
    assert b"getattr" not in wire.dumps(Status.OK), "which nothing from a runner may name"


def test_text_of_any_kind_comes_as_text():
    assert type(wire.loads(wire.dumps(mark_safe("<b>")))) is str


@pytest.mark.parametrize("call", [os.listdir, eval, exec, getattr, open, __import__])
def test_nothing_else_is_loaded(call):
    class Calls:
        def __reduce__(self):
            return call, ("1",)

    with pytest.raises(pickle.UnpicklingError, match="is not plain"):
        wire.loads(pickle.dumps(Calls()))


def test_errors_are_linked_again():
    error = ShelfMissing("none")
    error.__cause__ = IntegrityError("taken")
    error.__cause__.__cause__ = type("OfADriver", (Exception,), {})("its own")
    again = wire.linked(wire.loads(wire.dumps(wire.chain(error))))
    assert isinstance(again, ShelfMissing)
    assert isinstance(again.__cause__, IntegrityError)
    assert str(again.__cause__.__cause__) == "OfADriver: its own"
