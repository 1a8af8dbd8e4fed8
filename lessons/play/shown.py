"""What a run returns, as a table: of whatever kind it is."""

import datetime
import decimal
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from inspect import isasyncgenfunction
from typing import Any

from django.db.models import Model, QuerySet

from lab.recording.coroutines import is_asynchronous

_PLAIN = (str, bytes, int, float, decimal.Decimal, datetime.date, datetime.time, datetime.timedelta, uuid.UUID)
_LONGEST = 200  # characters of what is told by its repr()
_VALUE = "value"


class Shown:
    """Takes what a run returns, and makes plain rows of it. It asks the database nothing of its own."""

    def __init__(self) -> None:
        self.columns: tuple[str, ...] = ()  # of the first row
        self.is_nothing = False  # whether the run returned nothing

    def taking(self, run: Callable[[], Any]) -> Callable[[], Any]:
        """A function that runs `run()`, and returns its rows."""
        if isasyncgenfunction(run):

            async def each() -> Any:
                async for row in run():
                    yield self._values(row)

            return each
        if is_asynchronous(run):

            async def run_async() -> Any:
                return self._rows(await run())

            return run_async
        return lambda: self._rows(run())

    def _rows(self, result: Any) -> Any:
        self.is_nothing = result is None
        if result is None or isinstance(result, str):
            return result
        return self._each(result)

    def _each(self, result: Any) -> Iterator[Any]:
        for row in _listed(result):
            yield self._values(row)

    def _values(self, row: Any) -> Any:
        columns, values = _row(row)
        self.columns = self.columns or columns
        return values


def see(value: Any) -> Any:
    """What is seen of a queryset are its rows: it is evaluated."""
    if isinstance(value, QuerySet):
        len(value)
    return value


def _listed(result: Any) -> Iterable[Any]:
    if isinstance(result, Mapping):
        return result.items()
    if isinstance(result, Set):
        return sorted(result, key=repr)
    if isinstance(result, (list, tuple, QuerySet, Iterator)):
        return result
    return (result,)


def _row(row: Any) -> tuple[tuple[str, ...], Any]:
    """Its (columns, plain values)."""
    if isinstance(row, Model):
        row = {
            field.attname: vars(row)[field.attname]
            for field in row._meta.concrete_fields
            if _is_loaded(row, field)
        }
    if isinstance(row, Mapping):
        return tuple(map(str, row)), tuple(_plain(value) for value in row.values())
    if isinstance(row, tuple) and hasattr(row, "_fields"):
        return tuple(row._fields), tuple(map(_plain, row))
    if isinstance(row, (list, tuple)):
        return tuple(str(at) for at in range(1, len(row) + 1)), tuple(map(_plain, row))
    return (_VALUE,), (_plain(row),)


def _is_loaded(instance: Model, field: Any) -> bool:
    """To look at a deferred one would fetch it."""
    return field.attname in vars(instance)


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, _PLAIN):
        return value
    if isinstance(value, Model):
        return f"{type(value).__name__} {value.pk}"  # its __str__() may ask the database
    if isinstance(value, QuerySet):
        return f"a QuerySet of {value.model.__name__}" if value._result_cache is None else _all(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return _all(value)
    text = str(value) if hasattr(value, "__html__") or hasattr(value, "_proxy____args") else repr(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _all(values: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(map(_plain, values))
