"""What code can change in a process by calling a function, and how to read it and set it again."""

import decimal
import gc
import locale
import os
import random
import socket
import sys
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import default_storage, storages
from django.db import router
from django.test.signals import setting_changed  # whose receivers clear what Django has made of a setting
from django.urls import get_urlconf, set_urlconf
from django.utils import timezone
from django.utils.translation import trans_real

_OF_SYS = ("path", "argv", "meta_path", "path_hooks", "stdin", "stdout", "stderr", "excepthook", "displayhook")
_OF_DECIMALS = ("prec", "rounding", "Emin", "Emax", "capitals", "clamp")


def _set_all(owner: Any, names: Iterable[str], values: Iterable[Any]) -> None:
    for name, value in zip(names, values, strict=True):
        setattr(owner, name, value)


def _value(own: Any) -> Any:
    return getattr(own, "value", None)


def _set_value(own: Any, value: Any) -> None:
    if value is None:
        del own.value
    else:
        own.value = value


def _decimals() -> tuple[Any, ...]:
    context = decimal.getcontext()
    return (*(getattr(context, name) for name in _OF_DECIMALS), dict(context.traps))


def _set_decimals(values: tuple[Any, ...]) -> None:
    context = decimal.Context(**dict(zip(_OF_DECIMALS, values, strict=False)))
    context.traps.update(values[-1])
    decimal.setcontext(context)


def _replace_settings(wrapped: Any) -> None:
    overridden = [name for name in vars(settings._wrapped) if name.isupper()]
    settings._wrapped = wrapped
    for name in overridden:
        setting_changed.send(type(settings), setting=name, value=getattr(settings, name, None), enter=False)


def _file_storages() -> list[Any]:
    return [storages._backends, storages._storages, default_storage._wrapped, staticfiles_storage._wrapped]


def _set_file_storages(made: list[Any]) -> None:
    """Django forgets them where STORAGES is overridden, also for a moment."""
    vars(storages).pop("backends", None)
    storages._backends, storages._storages, default_storage._wrapped, staticfiles_storage._wrapped = made


SWITCHES: dict[str, tuple[Callable[[], Any], Callable[[Any], Any]]] = {
    "settings": (lambda: settings._wrapped, _replace_settings),
    "file storages": (_file_storages, _set_file_storages),
    "working directory": (os.getcwd, os.chdir),
    "decimal context": (_decimals, _set_decimals),
    "time zone": (partial(_value, timezone._active), partial(_set_value, timezone._active)),
    "language": (partial(_value, trans_real._active), partial(_set_value, trans_real._active)),
    "urlconf": (get_urlconf, set_urlconf),
    "routers": (lambda: [*router.routers], lambda routers: setattr(router, "routers", routers)),
    "locale": (lambda: locale.setlocale(locale.LC_ALL), lambda name: locale.setlocale(locale.LC_ALL, name)),
    "timeout of sockets": (socket.getdefaulttimeout, socket.setdefaulttimeout),
    "random numbers": (random.getstate, random.setstate),
    "sys": (lambda: tuple(getattr(sys, name) for name in _OF_SYS), partial(_set_all, sys, _OF_SYS)),
    "recursion limit": (sys.getrecursionlimit, sys.setrecursionlimit),
    "switch interval": (sys.getswitchinterval, sys.setswitchinterval),
    "trace function": (sys.gettrace, sys.settrace),
    "profile function": (sys.getprofile, sys.setprofile),
    "garbage collection": (gc.isenabled, lambda on: gc.enable() if on else gc.disable()),
    "its thresholds": (gc.get_threshold, lambda thresholds: gc.set_threshold(*thresholds)),
}
