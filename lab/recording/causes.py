"""Names the ORM entry point behind a query: "foreign key access", "prefetch_related", "count()", …"""

from collections.abc import Iterator
from types import CodeType, FunctionType
from typing import Any

from django.contrib.contenttypes import fields as generic
from django.contrib.contenttypes.models import ContentTypeManager
from django.db.models import Model, QuerySet, query, query_utils
from django.db.models.deletion import Collector
from django.db.models.fields import related_descriptors as related
from django.db.transaction import Atomic

# How much an entry point tells: a frame of a higher rank names the cause. Plain numbers, compared for every
# frame of every query.
ITERATION = 1
ASYNC_ITERATION = 2  # leaves the iteration to a thread
METHOD = 3  # the outermost names the cause: get_or_create(), not the get() within; aget(), not its get()
ACCESS = 4  # the innermost names it: a deferred field inside a prefetch is the deferred field
FETCH_MODE = 5
DELETION = 6  # loads parents and deferred fields of its own accord: no access of the lesson's

_ADDING = ("add", "remove", "clear", "set", "create", "get_or_create", "update_or_create")
_OF_MANAGERS = {*_ADDING, *(f"a{name}" for name in _ADDING)}  # of related managers

# Django 6.1 has the descriptor of the field apart.
GENERIC_FOREIGN_KEY: Any = getattr(generic, "GenericForeignKeyDescriptor", generic.GenericForeignKey)

CURSOR = "cursor"  # no entry point was crossed


def _public_functions(cls: type) -> dict[str, FunctionType]:
    return {name: f for name, f in vars(cls).items() if isinstance(f, FunctionType) and name[0] != "_"}


def _nested_codes(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _nested_codes(constant)


def _entry_points() -> Iterator[tuple[CodeType, int, str]]:
    """Yield (code, rank, name) of every ORM function that a query can come through."""
    yield QuerySet._fetch_all.__code__, ITERATION, "iteration"
    for code in _nested_codes(QuerySet.__aiter__.__code__):
        yield code, ASYNC_ITERATION, "async iteration"
    for cls in (QuerySet, Model, ContentTypeManager):
        for name, function in _public_functions(cls).items():
            yield function.__code__, METHOD, f"{name}()"
    for factory in (
        related.create_reverse_many_to_one_manager,
        related.create_forward_many_to_many_manager,
        generic.create_generic_related_manager,
    ):
        for code in _nested_codes(factory.__code__):
            if code.co_name in _OF_MANAGERS:
                yield code, METHOD, f"{code.co_name}()"
    yield vars(QuerySet)["_iterator"].__code__, METHOD, "iterator()"
    yield query.RawQuerySet.iterator.__code__, METHOD, "raw()"
    yield Atomic.__enter__.__code__, METHOD, "atomic()"
    yield Atomic.__exit__.__code__, METHOD, "atomic()"
    yield related.ForwardManyToOneDescriptor.__get__.__code__, ACCESS, "foreign key access"
    yield related.ForwardOneToOneDescriptor.get_object.__code__, ACCESS, "one-to-one access"
    yield related.ReverseOneToOneDescriptor.__get__.__code__, ACCESS, "one-to-one access"
    yield GENERIC_FOREIGN_KEY.__get__.__code__, ACCESS, "generic foreign key access"
    yield Collector.collect.__code__, DELETION, "delete()"
    yield query_utils.DeferredAttribute.__get__.__code__, ACCESS, "deferred field"
    yield query.prefetch_related_objects.__code__, ACCESS, "prefetch_related"
    try:
        from django.db.models.fetch_modes import FetchPeers
    except ImportError:  # Django < 6.1
        return
    yield FetchPeers.fetch.__code__, FETCH_MODE, "FETCH_PEERS"


# By id(): hashing a code object costs 12 µs, and these live as long as Django does.
CAUSES = {id(code): (rank, name) for code, rank, name in _entry_points()}


def name_iteration(queryset: QuerySet, name: str) -> str:
    """A queryset made by a related manager (`author.books.all()`) carries its instance as a hint."""
    return "related manager" if "instance" in queryset._hints else name
