"""What an address may have wrong, and what there is nearest to it."""

from collections.abc import Callable, Sequence
from copy import copy
from difflib import get_close_matches
from typing import TypeVar

from django.http import Http404, HttpRequest
from django.utils.text import Truncator

from lab.exceptions import LabError

_LONGEST = 60  # characters of a value that a page shows, or that is compared
_MOST_DIGITS = 15  # of a number: a statement's, books, a guess
_ALIKE = 0.5  # as difflib has it: what is less like it is no slip of typing
_MOST_FAULTS = 10  # of one address that are mended

Read = TypeVar("Read")


class NotOffered(Exception):
    """An address asks for what is not there. The message says what is."""


class NoSuchPage(NotOffered, Http404):
    """Its path does. nearest: the address of a page to go to instead, where one is nearer than all others"""

    def __init__(self, message: str, *, nearest: str = "") -> None:
        super().__init__(message)
        self.nearest = nearest


class WrongValue(NotOffered):
    """A value of its query does. instead: {name: the nearest value that there is, None for none}"""

    def __init__(self, message: str, **instead: str | None) -> None:
        super().__init__(message)
        self.instead = instead
        self.nearest = ""  # the address, as read_address() finds it


def read_address(request: HttpRequest, read: Callable[[HttpRequest], Read]) -> Read:
    """Return read(request). Raises WrongValue with the nearest address of which `read` takes every value."""
    try:
        return read(request)
    except WrongValue as error:
        error.nearest = _nearest_address(request, read, error)
        raise


def corrected(request: HttpRequest, fault: WrongValue) -> HttpRequest:
    """The request as if its address said what there is instead."""
    asked, query = copy(request), request.GET.copy()
    for name, value in fault.instead.items():
        query.pop(name, None)
        if value is not None:
            query[name] = value
    asked.GET = query
    return asked


def address_of(request: HttpRequest) -> str:
    return f"{request.path}?{request.GET.urlencode()}" if request.GET else request.path


def _nearest_address(request, read, fault):
    for _ in range(_MOST_FAULTS):
        request = corrected(request, fault)
        try:
            read(request)
        except WrongValue as error:
            fault = error
        except (LabError, Http404):  # nothing that another value would mend
            break
        else:
            break
    return address_of(request)


def shown(text: str) -> str:
    """A text of the address as a sentence may quote it: short, and nothing in it that cannot be seen."""
    return Truncator(printable(text)).chars(_LONGEST)


def printable(text: str) -> str:
    """The text, with a mark for each character that cannot be seen, or that turns round what comes after it."""
    return "".join(each if each.isprintable() else "\ufffd" for each in text)


def whole_number(text: str) -> int | None:
    """The number, or None where it is none, or of more digits than anything here has."""
    return int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else None


def nearest_name(text: str, names: Sequence[str]) -> str:
    """The one of `names` that is spelt most like the text; the first where none is like it."""
    folded = {name.lower(): name for name in names}
    alike = get_close_matches(text[:_LONGEST].lower(), folded, 1, _ALIKE)
    return folded[alike[0]] if alike else names[0]


def nearest_number(text: str, numbers: Sequence[float], *, otherwise: float) -> float:
    """The one of `numbers` that is closest to what the text says; `otherwise` where that is no number."""
    try:
        wanted = float(text.replace(",", ""))
    except ValueError:
        return otherwise
    # Of a number beyond all bounds every other is equally far.
    return min(numbers, key=lambda number: abs(number - min(max(wanted, numbers[0]), numbers[-1])))
