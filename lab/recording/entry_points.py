"""The functions of the ORM that an access comes through, and who answers it where no statement does."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet, query, query_utils
from django.db.models.fields import related_descriptors as related

from lab.recording.causes import CAUSES, GENERIC_FOREIGN_KEY, METHOD


class Answer(StrEnum):
    """Who answers an access."""

    DATABASE = "database"
    RESULT_CACHE = "result cache"  # of the queryset itself
    PREFETCH_CACHE = "prefetch cache"  # the queryset that prefetch_related() left on an instance
    INSTANCE = "instance"  # which holds the related object already
    NOTHING = "nothing to ask"  # no id, no row that could match, a foreign key that is null


class EntryPoint:
    """A function that only statements make an access: one that builds, or writes.

    The three methods take the locals of its frame; `at_hand` before it runs, `unasked` after it has run and sent
    no statement. Each gives an Answer, or None. None of them may send a statement.
    """

    def __init__(self, what: str) -> None:
        self.what = what

    def name(self, local: Mapping[str, Any]) -> str:
        return self.what

    def at_hand(self, local: Mapping[str, Any]) -> Answer | None:
        return None

    def unasked(self, local: Mapping[str, Any]) -> Answer | None:
        return None


class Reading(EntryPoint):
    """Asks the database whatever has been fetched before: get(), aggregate()."""

    def unasked(self, local: Mapping[str, Any]) -> Answer | None:
        return Answer.NOTHING


class CachedReading(Reading):
    """Can be answered from what the queryset has fetched: len(), count()."""

    def at_hand(self, local: Mapping[str, Any]) -> Answer | None:
        queryset = local["self"]
        if queryset._result_cache is None:
            return None
        return Answer.PREFETCH_CACHE if _is_prefetched(queryset) else Answer.RESULT_CACHE


class Indexing(CachedReading):
    """A slice of what is not fetched gives a new queryset. Templates try text as an index, in vain."""

    def at_hand(self, local: Mapping[str, Any]) -> Answer | None:
        return super().at_hand(local) if isinstance(local["k"], (int, slice)) else None

    def unasked(self, local: Mapping[str, Any]) -> Answer | None:
        return Answer.NOTHING if isinstance(local["k"], int) else None


class Relation(EntryPoint):
    """A related object, which the instance may hold already; it holds None where there is none."""

    def at_hand(self, local: Mapping[str, Any]) -> Answer | None:
        return Answer.INSTANCE if self._is_held(local) else None

    def unasked(self, local: Mapping[str, Any]) -> Answer | None:
        return Answer.NOTHING if self._is_held(local) else None  # not held after all: it raised

    def _is_held(self, local: Mapping[str, Any]) -> bool:
        return local["instance"] is not None and local["self"].is_cached(local["instance"])


class ForwardRelation(Relation):
    """One function serves foreign keys and one-to-one fields."""

    def name(self, local: Mapping[str, Any]) -> str:
        one_to_one = isinstance(local["self"], related.ForwardOneToOneDescriptor)
        return "one-to-one access" if one_to_one else self.what


_FROM_CACHE = {"count", "exists", "first", "contains"}
_ALWAYS_ASKING = {"get", "last", "earliest", "latest", "in_bulk", "aggregate", "update", "delete", "bulk_create"}

ITERATION = CachedReading("iteration")
LEN = CachedReading("len()")


def _is_prefetched(queryset: QuerySet) -> bool:
    """A related manager gives out the queryset that its instance keeps, not one like it."""
    kept = getattr(queryset._hints.get("instance"), "_prefetched_objects_cache", {})
    return any(queryset is other for other in kept.values())


def _entries() -> Iterator[tuple[Any, EntryPoint]]:
    """Yield (function, EntryPoint) of all that can be answered without a statement."""
    classes: Any = (QuerySet, query.RawQuerySet)
    for cls in classes:
        for name in ("__iter__", "_fetch_all"):  # the latter alone under `async for` and pickle
            yield getattr(cls, name), ITERATION
        yield cls.__len__, LEN
        yield cls.__bool__, CachedReading("bool()")
    yield QuerySet.__getitem__, Indexing("index or slice")
    yield query.RawQuerySet.__getitem__, CachedReading("index or slice")
    yield QuerySet.__repr__, CachedReading("repr()")
    for name in _FROM_CACHE:
        yield getattr(QuerySet, name), CachedReading(f"{name}()")
    for name in _ALWAYS_ASKING:
        yield getattr(QuerySet, name), Reading(f"{name}()")
    yield query.prefetch_related_objects, Reading("prefetch_related_objects()")
    yield related.ForwardManyToOneDescriptor.__get__, ForwardRelation("foreign key access")
    yield related.ReverseOneToOneDescriptor.__get__, Relation("one-to-one access")
    yield GENERIC_FOREIGN_KEY.__get__, Relation("generic foreign key access")
    yield query_utils.DeferredAttribute.__get__, EntryPoint("deferred field")


# By id(code), as in lab.recording.causes.
ENTRY_POINTS: dict[int, EntryPoint] = {
    id_: EntryPoint(name) for id_, (rank, name) in CAUSES.items() if rank == METHOD
}
ENTRY_POINTS |= {id(function.__code__): entry for function, entry in _entries()}
