"""Which fields a run fetches into instances and never reads. Hooks every model: for a child process."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from lab.running.rows import chunks
from lab.running.runner import call
from lab.shelves import Shelf

_UNREAD = "_queryshelf_unread"  # in an instance's __dict__: the names that were fetched and not read yet


@dataclass(frozen=True, kw_only=True)
class FieldUse:
    """One field of a model in a run: on how many instances it was fetched, and on how many it was read."""

    model: str
    field: str  # attname: author_id, not author
    fetched: int
    read: int

    @property
    def unread(self) -> int:
        return self.fetched - self.read


def measure_fields(function: Callable[[], Any], *, shelf: Shelf, **where: Any) -> tuple[FieldUse, ...]:
    """Return a FieldUse for each field that `function()` fetches into instances.

    where: access, prepare and template, as in Shelf.open. Whoever reads a field counts, Django itself included:
    it reads keys to put related objects together. What values() and values_list() return are no instances.
    """
    fetched: Counter[tuple[str, str]] = Counter()
    read: Counter[tuple[str, str]] = Counter()
    with shelf.open(**where), _watched(fetched, read):
        for _ in chunks(call(function)):
            pass
    return tuple(
        FieldUse(model=model, field=field, fetched=count, read=read[model, field])
        for (model, field), count in fetched.items()
    )


@contextmanager
def _watched(fetched: Counter[tuple[str, str]], read: Counter[tuple[str, str]]) -> Iterator[None]:
    """Count (model, attname) for every instance made from a row, and the first time each is read on it."""
    model: Any = Model
    made, get = model.from_db.__func__, model.__getattribute__

    def from_db(cls: Any, db: str, field_names: Sequence[str], *args: Any, **kwargs: Any) -> Model:
        instance = made(cls, db, field_names, *args, **kwargs)
        fetched.update((cls._meta.object_name, name) for name in field_names)
        get(instance, "__dict__")[_UNREAD] = set(field_names)
        return instance

    def getattribute(self: Any, name: str) -> Any:
        unread = get(self, "__dict__").get(_UNREAD)
        if unread and name in unread:
            unread.discard(name)
            read[get(self, "_meta").object_name, name] += 1
        return get(self, name)

    model.from_db, model.__getattribute__ = classmethod(from_db), getattribute
    try:
        yield
    finally:
        model.from_db = classmethod(made)
        del model.__getattribute__
