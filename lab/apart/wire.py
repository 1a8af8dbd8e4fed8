"""What goes between processes.

What a runner sends back is plain: values of Python's, and frozen ones of this project. Anything else, as a
parameter of a driver's own class is, goes as the text that it is shown as. And nothing else is ever loaded: what a
lesson's code may have made of its process makes no objects in the web's.
"""

import io
import pickle
import sys
from collections.abc import Iterator
from enum import Enum
from itertools import pairwise
from typing import Any

_OURS = ("lab", "lessons")
_PLAIN = (
    *("collections", "copyreg", "datetime", "decimal", "enum", "fractions", "functools", "ipaddress"),
    *("packaging", "pathlib", "uuid", "zoneinfo"),
)
# Of these there are kinds without end: a SafeString, a choice.
_BASIC: tuple[tuple[type, Any], ...] = ((str, str.__str__), (int, int.__int__), (float, float.__float__))
_ERRORS = ("django", "sqlite3")  # of them, exceptions alone


class Told:
    """Stands for a value of a class that the other process need not have."""

    def __init__(self, text: str, shown: str) -> None:
        self._text, self._shown = text, shown

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return self._shown

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Told) and repr(self) == repr(other)

    def __hash__(self) -> int:
        return hash(self._shown)


def dumps(value: object) -> bytes:
    """Pickle it. What is not plain becomes Told."""
    file = io.BytesIO()
    _Pickler(file, protocol=5).dump(value)
    return file.getvalue()


def loads(data: bytes) -> Any:
    """Unpickle what dumps() made. Raises pickle.UnpicklingError where it names what is not plain."""
    return _Unpickler(io.BytesIO(data)).load()


def chain(error: BaseException) -> list[BaseException]:
    """The error and what it came from, each as one that the other process can make."""
    return [_plain_error(each) for each in _causes(error)]


def linked(errors: list[BaseException]) -> BaseException:
    """The first of a chain(), with its causes."""
    for error, cause in pairwise(errors):
        error.__cause__ = cause
    return errors[0]


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__


def _plain_error(error: BaseException) -> BaseException:
    try:
        loads(dumps(error))
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error if _can_be_named(type(error)) else RuntimeError(f"{type(error).__name__}: {error}")


class _Pickler(pickle.Pickler):
    def reducer_override(self, value: Any) -> Any:
        if isinstance(value, Told):
            return Told, (str(value), repr(value))
        if isinstance(value, Enum) and _can_be_named(type(value)):
            return type(value), (value.value,)  # as of Python 3.11.4 by itself: getattr(), before
        for basic, plain in _BASIC:
            if isinstance(value, basic):
                return basic, (plain(value),)
        is_named = hasattr(value, "__qualname__")  # a class or a function, which goes by its name
        if _can_be_named(value if is_named else type(value)):
            return NotImplemented
        return Told, (str(value), repr(value))


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if not _is_known(module):
            raise pickle.UnpicklingError(f"{module}.{name} is not plain")
        found = super().find_class(module, name)
        if not _may_be_made(module, found):
            raise pickle.UnpicklingError(f"{module}.{name} is not plain")
        return found


def _can_be_named(kind: Any) -> bool:
    module = kind.__module__ or ""
    found: Any = sys.modules.get(module)
    for part in kind.__qualname__.split("."):
        found = getattr(found, part, None)
    return found is kind and _is_known(module) and _may_be_made(module, kind)


def _is_known(module: str) -> bool:
    top = module.partition(".")[0]
    return top in _OURS or top in _PLAIN or top in _ERRORS or top == "builtins"


def _may_be_made(module: str, found: Any) -> bool:
    top = module.partition(".")[0]
    if top in _OURS or top in _PLAIN:
        return True
    is_error = isinstance(found, type) and issubclass(found, BaseException)
    return is_error or (top == "builtins" and isinstance(found, type) and found not in (type, object, super))
