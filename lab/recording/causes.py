"""What a frame on the stack tells of a query: the entry point of the ORM, and the way to it.

*Cause*: "foreign key access", "prefetch_related", "count()", … *Way*: the public functions of frameworks between a
lesson's line and the ORM. Nobody writes the query of a form's choices, or of an admin's list; the names say who
does, and can be searched for.
"""

import sys
from collections.abc import Iterator
from itertools import groupby
from types import CodeType, FrameType, FunctionType
from typing import Any

from django.contrib.contenttypes import fields as generic
from django.contrib.contenttypes.models import ContentTypeManager
from django.db.models import Model, QuerySet, query, query_utils
from django.db.models.deletion import Collector
from django.db.models.fields import related_descriptors as related
from django.db.transaction import Atomic
from django.template import Library

Way = tuple[str, ...]

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


# What calls whatever it is given, or watches it; and the ORM, of whose functions the cause names one.
_PLUMBING = {
    *sys.stdlib_module_names,
    "asgiref",
    "debug_toolbar",
    "lab",
    "lessons",
    "opentelemetry",
    "silk",
    "wrapt",
}
_PLUMBING |= {f"django.{each}" for each in ("apps", "core.handlers", "db", "dispatch", "template", "test", "urls")}
_PLUMBING |= {f"django.contrib.{each}" for each in ("admin.templatetags.base", "contenttypes")}
_PLUMBING |= {f"django.{each}" for each in ("forms.renderers", "forms.utils", "utils")}
_CALLED = (FunctionType, classmethod, staticmethod)  # and not a property


def waypoint(frame: FrameType) -> str:
    """Return the name of a framework's public function as a reader would search for it, or "" for other frames."""
    module: str = frame.f_globals.get("__name__", "")
    names = frame.f_code.co_qualname.split(".")
    if _is_plumbing(module) or not all(map(_is_public, names)):
        return ""
    register = frame.f_globals.get("register")
    tags = register.tags if isinstance(register, Library) else None
    if len(names) == 1:
        return f"{{% {names[0]} %}}" if tags and names[0] in tags else f"{names[0]}()"
    if tags is not None:  # the nodes of its tags
        return ""
    owner, name = ".".join(names[:-1]), names[-1]
    if name.startswith("__"):
        return owner
    attribute = getattr(frame.f_globals.get(owner), "__dict__", {}).get(name)
    return f"{owner}.{name}()" if isinstance(attribute, _CALLED) else f"{owner}.{name}"


def _is_plumbing(module: str) -> bool:
    parts = module.split(".")
    return any(".".join(parts[:length]) in _PLUMBING for length in range(1, len(parts) + 1))


def _is_public(name: str) -> bool:
    return name[0] not in "_<" or (name.startswith("__") and name.endswith("__"))


def in_order(waypoints: Way) -> Way:
    """waypoints: the innermost first. Return them as they were called; of those of one class the last alone."""
    return tuple(list(same)[-1] for _, same in groupby(reversed(waypoints), key=_owner))


def _owner(name: str) -> str:
    return name.partition(".")[0]
