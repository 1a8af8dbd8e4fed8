"""What code can change in a process, beyond its own objects: the one list.

*Namespaces* are classes, modules and instances, whose attributes count; *containers* are dicts, lists and sets,
whose contents do, and those within them. What is read and set by functions is in lab.running.switches.
"""

import gc
import importlib
import logging
import sys
import warnings
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.cache import caches
from django.db import connections, router
from django.db.models.query_utils import RegisterLookupMixin
from django.dispatch import Signal
from django.template import engines

_MODULES = [  # with the classes that they hold
    "django.db.backends.base.base",
    "django.db.backends.utils",
    "django.db.models",
    "django.db.models.base",
    "django.db.models.deletion",
    "django.db.models.expressions",
    "django.db.models.fields",
    "django.db.models.fields.related",
    "django.db.models.fields.related_descriptors",
    "django.db.models.lookups",
    "django.db.models.manager",
    "django.db.models.options",
    "django.db.models.query",
    "django.db.models.query_utils",
    "django.db.models.sql.compiler",
    "django.db.models.sql.query",
    "django.db.transaction",
    "builtins",
    "datetime",
    "json",
    "logging",
    "os",
    "time",
    "warnings",
]
_WITH_SIGNALS = [
    "django.contrib.auth.signals",
    "django.core.signals",
    "django.db.backends.signals",
    "django.db.models.signals",
    "django.test.signals",
    "lab.signals",
]
_OF_DRIVERS = [
    ("sqlite3", "adapters"),
    ("sqlite3", "converters"),
    ("psycopg", "adapters"),
    ("MySQLdb.converters", "conversions"),
]


def namespaces() -> list[Any]:
    return [*_lasting_namespaces(), settings._wrapped, *loggers()]


@lru_cache
def _lasting_namespaces() -> list[Any]:
    found: list[Any] = [_admin(), router, logging.root.manager]
    for module in map(importlib.import_module, _MODULES):
        found += [module, *(each for each in vars(module).values() if isinstance(each, type))]
    for model in apps.get_models(include_auto_created=True):
        found += [model, model._meta, *model._meta.local_managers]
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
            found += [field, field.remote_field]
    found += [*signals(), *_with_lookups()]
    unlike = {id(each): each for each in found}
    return [each for each in unlike.values() if hasattr(each, "__dict__") and _is_open(each)]


def _is_open(owner: Any) -> bool:
    """Whether attributes can be set: they cannot on classes written in C."""
    return not isinstance(owner, type) or bool(owner.__flags__ & 1 << 9)


def containers() -> Iterator[Any]:
    """Each with those within it."""
    yield from _lasting_containers()
    yield from _within([apps.all_models])  # an app's is made when it is first asked for
    yield from _of_settings(settings._wrapped)
    for engine in engines.all():
        yield from _of_templates(engine.engine)
    for module, attribute in _OF_DRIVERS:
        if module in sys.modules:
            yield from _of_driver(module, attribute)
    yield from _within([connections.settings, caches.settings])
    yield from (router.routers, warnings.filters, sys.path, gc.callbacks)
    yield from (signal.receivers for signal in signals())
    yield from (lookups for each in _with_lookups() if (lookups := vars(each).get("class_lookups")) is not None)
    for logger in loggers():
        yield from (logger.handlers, logger.filters)


@lru_cache
def _lasting_containers() -> list[Any]:
    """Those that are filled and emptied. Where one is replaced, an attribute changes."""
    found: list[Any] = [apps.app_configs, apps._pending_operations, serializers._serializers]
    found.append(importlib.import_module(settings.ROOT_URLCONF).urlpatterns)
    found += [*vars(_admin()).values(), *_of_models()]
    return list(_within(found))


@lru_cache
def _of_settings(wrapped: Any) -> list[Any]:
    """wrapped: Settings, or what a test overrides them with, and so on"""
    below = getattr(wrapped, "default_settings", None)
    own = list(_within(value for name, value in vars(wrapped).items() if name.isupper()))
    return own if below is None else [*own, *_of_settings(below)]


@lru_cache
def _of_templates(engine: Any) -> list[Any]:
    libraries = (*engine.template_builtins, *engine.template_libraries.values())
    return list(_within([*vars(engine).values(), *map(vars, libraries)]))


@lru_cache
def _of_driver(module: str, attribute: str) -> list[Any]:
    registry = getattr(sys.modules[module], attribute)
    return list(_within([registry] if isinstance(registry, dict) else vars(registry).values()))


def _within(outer: Iterable[Any]) -> Iterator[Any]:
    """The dicts, lists and sets, and those in them, each once."""
    seen: set[int] = set()
    left = list(outer)
    while left:
        each = left.pop()
        if isinstance(each, (dict, list, set)) and id(each) not in seen:
            seen.add(id(each))
            yield each
            left += each.values() if isinstance(each, dict) else each if isinstance(each, list) else ()


def _of_models() -> list[Any]:
    """The lists of their fields, managers, indexes and the like."""
    options = [vars(model._meta) for model in apps.get_models(include_auto_created=True)]
    return [
        value for each in options for name, value in each.items() if isinstance(value, list) and name[0] != "_"
    ]


def _admin() -> Any:
    from django.contrib import admin

    return admin.site.unregister.__self__  # it is made when it is first asked


@lru_cache
def signals() -> list[Signal]:
    modules = map(importlib.import_module, _WITH_SIGNALS)
    return [each for module in modules for each in vars(module).values() if isinstance(each, Signal)]


@lru_cache
def _with_lookups() -> list[type]:
    """Whatever lookups and transforms can be registered on."""
    found, new = [], [RegisterLookupMixin]
    while new:
        found += new
        new = [sub for each in new for sub in each.__subclasses__()]
    return found


def loggers() -> list[logging.Logger]:
    known = list(logging.root.manager.loggerDict.values())
    return [logging.root, *(each for each in known if isinstance(each, logging.Logger))]
