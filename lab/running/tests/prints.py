"""A print of the process, taken without the list that puts it back: whatever can be reached from Django's modules."""

import decimal
import gc
import logging
import os
import random
import sys
import time
import warnings
import weakref
from collections import deque
from pathlib import Path
from types import MappingProxyType, ModuleType

from django.conf import LazySettings
from django.core.cache import cache
from django.db import connection, router
from django.dispatch import Signal
from django.utils import timezone, translation
from django.utils.functional import cached_property

_ROOTS = ("django", "library", "config", "logging", "warnings", "decimal", "sqlite3", "json", "datetime", "lab")
_ROOT_MODULES = ("os", "time", "builtins", "importlib", "psycopg", "MySQLdb.converters")
_SIMPLE = (str, bytes, int, float, complex, bool, type(None), decimal.Decimal)
# What fills as it is asked for, and what counts: nobody's code depends on it.
_FILLS = (
    "cache",
    "_lock",
    "counter",
    "__warningregistry__",
    "__annotations__",
    "__slotnames__",
    "_routers",
    "_translations",
    "_handlerList",  # by weak references
)
_kept = []  # receivers, which Python takes away where nobody keeps them
_LETS_BE = ("asgiref", "threading", "weakref", "functools")


def take_print():
    """{path: what is there}: two prints are equal where nothing was left behind."""
    seen, found = {}, _states()  # first: Django makes some of it when it is asked
    names = [name for name in sys.modules if name.split(".")[0] in _ROOTS or name in _ROOT_MODULES]
    left = deque((name, sys.modules[name]) for name in sorted(names) if ".tests" not in name)
    while left:
        path, value = left.popleft()
        if id(value) in seen:
            continue
        seen[id(value)] = value
        content = list(_content(value))
        found[path] = [(name, _mark(each)) for name, each in content]
        left.extend((f"{path}.{name}", each) for name, each in content if _is_followed(each))
    return found


def differences(before, after):
    """What was there before and is not the same: [(path, name)]. What is only asked for since does not count."""
    found = []
    for path in before.keys() & after.keys():
        one, other = dict(before[path]), dict(after[path])
        found += [
            (path, name, one.get(name), other.get(name))
            for name in one.keys() | other.keys()
            if one.get(name) != other.get(name)
        ]
    return sorted(map(str, found))


def _content(value):
    if isinstance(value, dict):
        yield from ((repr(key)[:60], each) for key, each in list(value.items()))
    elif isinstance(value, (list, tuple)):
        yield from ((str(index), each) for index, each in enumerate(value))
    elif isinstance(value, (set, frozenset)):
        yield "", ",".join(sorted(map(repr, value)))
    elif isinstance(value, Signal):
        receivers = [(key, ref() if isinstance(ref, weakref.ref) else ref) for key, ref, *_ in value.receivers]
        _kept.extend(receiver for _, receiver in receivers)
        yield from ((repr(key), True) for key, receiver in receivers if receiver is not None)
    elif isinstance(value, LazySettings):
        yield "_wrapped", value._wrapped
    else:
        for name, each in list(vars(value).items()):
            if not any(part in name for part in _FILLS) and not _is_asked_for(value, name, each):
                yield name, each


def _is_asked_for(owner, name, value):
    if owner is translation._trans or (isinstance(owner, ModuleType) and isinstance(value, ModuleType)):
        return True
    return isinstance(vars(type(owner)).get(name) or getattr(type(owner), name, None), cached_property)


def _is_followed(value):
    if isinstance(value, (*_SIMPLE, ModuleType)):
        return False
    if isinstance(value, (dict, list, tuple, set, frozenset)):
        return True
    kind = value if isinstance(value, type) else type(value)
    if kind.__module__.split(".")[0] in _LETS_BE or not kind.__module__.startswith(_ROOTS):
        return False
    return isinstance(getattr(value, "__dict__", None), (dict, MappingProxyType))


def _mark(value):
    return repr(value)[:80] if isinstance(value, _SIMPLE) else (type(value).__name__, id(value))


def _states():
    context = decimal.getcontext()
    state = {
        "environment": sorted(os.environ.items()),
        "routers": list(map(id, router.routers)),
        "time zones": (time.tzname, timezone.get_current_timezone_name(), translation.get_language()),
        "decimals": (context.prec, context.rounding, sorted(map(str, context.traps.items()))),
        "filters": [str(each) for each in warnings.filters],
        "loggers": {
            name: (each.level, each.propagate, each.disabled, list(map(id, each.handlers)))
            for name, each in logging.root.manager.loggerDict.items()
            if isinstance(each, logging.Logger)
            and (each.handlers or each.level or each.disabled or not each.propagate)
        },
        "disabled": logging.root.manager.disable,
        "modules": [
            (name, id(each)) for name, each in sys.modules.items() if getattr(each, "__spec__", None) is None
        ],
        "json": id(sys.modules.get("json")),
        "sys": (
            list(sys.path),
            id(sys.stdout),
            id(sys.excepthook),
            sys.getrecursionlimit(),
            sys.gettrace(),
            sys.getprofile(),
        ),
        "gc": (gc.isenabled(), gc.get_threshold(), list(map(id, gc.callbacks))),
        "folder": str(Path.cwd()),
        "random": hash(random.getstate()),
        "connection": id(connection.settings_dict),
        "cache": (id(cache._connections), cache.get("front-page")),
    }
    return {f"state of {name}": [("", repr(value))] for name, value in state.items()}
