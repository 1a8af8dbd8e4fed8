"""What a process is like, before a run and after."""

import logging
import os
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from functools import partial
from inspect import getattr_static
from types import ModuleType
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models.query_utils import RegisterLookupMixin
from django.test.signals import setting_changed
from django.urls import clear_url_caches
from django.utils.functional import cached_property

from lab.running.belongings import containers, loggers, namespaces, signals
from lab.running.switches import SWITCHES

_MISSING = object()
# What Python and Django set for themselves, whoever runs.
_OWN = {
    "__annotations__",
    "__warningregistry__",
    "_get_fields_cache",
    "__slotnames__",
    "_routers",
    "auto_creation_counter",
    "creation_counter",
}


Undo = Callable[[], object]


class Process:
    """Remembers what the process is like: lab.running.belongings and lab.running.switches."""

    def __init__(self) -> None:
        self._namespaces = [(owner, vars(owner).copy()) for owner in namespaces()]
        self._containers = [(each, each.copy()) for each in containers()]
        self._switches = {name: get() for name, (get, _) in SWITCHES.items()}
        self._environment = dict(os.environ)
        self._modules = dict(sys.modules)
        self._loggers = dict(logging.root.manager.loggerDict)

    def changes(self) -> list[str]:
        """The names of what is no longer as it was."""
        return [name for name, _ in self._differences()]

    def put_back(self) -> None:
        """Make it so again."""
        differences = list(self._differences())
        for _, undo in differences:
            undo()
        if differences:
            _forget()

    def _differences(self) -> Iterator[tuple[str, Undo]]:
        yield from self._switches_that_differ()
        yield from self._environment_that_differs()
        yield from self._modules_that_differ()
        yield from self._attributes_that_differ()
        yield from self._contents_that_differ()
        yield from self._loggers_that_are_new()

    def _switches_that_differ(self) -> Iterator[tuple[str, Undo]]:
        for name, (get, put) in SWITCHES.items():
            if get() != self._switches[name]:
                yield name, partial(put, self._switches[name])

    def _environment_that_differs(self) -> Iterator[tuple[str, Undo]]:
        now = dict(os.environ)
        for name in self._environment.keys() | now.keys():
            if now.get(name) != self._environment.get(name):
                yield f"os.environ[{name!r}]", partial(_put_variable, name, self._environment.get(name))

    def _modules_that_differ(self) -> Iterator[tuple[str, Undo]]:
        """An ordinary import stays: whoever comes next may have the module by then."""
        if self._modules == sys.modules:
            return
        for name in self._modules.keys() | sys.modules.keys():
            before, now = self._modules.get(name), sys.modules.get(name)
            if before is not None and now is not before:
                yield f"sys.modules[{name!r}]", partial(sys.modules.__setitem__, name, before)
            elif before is None and now is not None and getattr(now, "__spec__", None) is None:
                yield f"sys.modules[{name!r}]", partial(sys.modules.pop, name, None)

    def _attributes_that_differ(self) -> Iterator[tuple[str, Undo]]:
        for owner, before in self._namespaces:
            # A signal makes a new list of its receivers where one has died, and the old one may be equal by then.
            if vars(owner) == before and getattr(owner, "receivers", None) is before.get("receivers"):
                continue
            now = dict(vars(owner))
            for name in before.keys() | now.keys():
                value, present = before.get(name, _MISSING), now.get(name, _MISSING)
                if present is not value and name not in _OWN and not _comes_by_itself(owner, name, present):
                    named = f"{getattr(owner, '__name__', type(owner).__name__)}.{name}"
                    yield named, partial(_put_attribute, owner, name, value)

    def _contents_that_differ(self) -> Iterator[tuple[str, Undo]]:
        for container, before in self._containers:
            if container != before:
                yield f"a {type(container).__name__} of {before}"[:60], partial(_fill, container, before)

    def _loggers_that_are_new(self) -> Iterator[tuple[str, Undo]]:
        """As with modules: what an ordinary import has made stays."""
        for logger in loggers():
            name, known = logger.name, self._loggers.get(logger.name)
            if logger is not known and logger is not logging.root and name not in sys.modules:
                yield f"logger {name}", partial(_put_logger, name, known)


def _put_variable(name: str, value: str | None) -> None:
    if value is None:
        del os.environ[name]
    else:
        os.environ[name] = value
    if name == "TZ":
        time.tzset()


def _put_logger(name: str, known: Any) -> None:
    if known is None:
        del logging.root.manager.loggerDict[name]
    else:  # what stood for it, since one below it was there
        logging.root.manager.loggerDict[name] = known


def _put_attribute(owner: Any, name: str, value: Any) -> None:
    if value is _MISSING:
        delattr(owner, name)
    else:
        setattr(owner, name, value)
    if owner is settings._wrapped:
        vars(settings).pop(name, None)
        # As at the end of a test that overrides it, so that Django forgets what it has made of it.
        setting_changed.send(Process, setting=name, value=getattr(settings, name, None), enter=False)


def _fill(container: Any, before: Any) -> None:
    container.clear()
    (container.extend if isinstance(container, list) else container.update)(before)


def _comes_by_itself(owner: Any, name: str, value: Any) -> bool:
    """Whether an attribute is there, or no longer, because somebody has asked for it."""
    return isinstance(value, ModuleType) or isinstance(getattr_static(type(owner), name, None), cached_property)


def _forget() -> None:
    """Clear what is kept of what has changed."""
    apps.clear_cache()
    clear_url_caches()
    for signal in signals():
        signal.sender_receivers_cache.clear()
    RegisterLookupMixin._clear_cached_class_lookups.__func__(RegisterLookupMixin)
    getattr(warnings, "_filters_mutated", lambda: None)()
