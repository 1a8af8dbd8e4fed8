"""Makes running code of a lesson's text."""

import builtins
import linecache
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any, NoReturn

from django.db import connections

from lab.exceptions import LoadError
from lab.recording.statements import Statement

_NAME = "library.lesson"  # so that a model defined by a lesson belongs to the bookstore


def load(
    source: str, filename: str, *, modules: Mapping[str, ModuleType] | None = None, name: str = _NAME
) -> dict[str, Any]:
    """Compile and run the text of a module; return its namespace.

    filename: what the code, its traceback and its places are known by; need not exist on disk
    modules: by name, those that it can import beside the installed ones
    name: the module's, which says to which app its models belong
    Raises LoadError, also where the module runs a query as it is loaded.
    """
    namespace = namespace_of(source, filename, modules=modules, name=name)
    with loading(filename):
        exec(_compiled(source, filename), namespace)
    return namespace


@contextmanager
def loading(filename: str) -> Iterator[None]:
    """Let no query run, and raise LoadError for whatever goes wrong."""
    try:
        with connections["default"].execute_wrapper(_refuse_query):
            yield
    except LoadError:
        raise
    except (Exception, SystemExit) as error:
        raise LoadError(f"{Path(filename).name} cannot be loaded: {type(error).__name__}: {error}") from error


def namespace_of(
    source: str, filename: str, *, modules: Mapping[str, ModuleType] | None = None, name: str = _NAME
) -> dict[str, Any]:
    """What the module's text runs in. Parameters as in load()."""
    # Places and tracebacks read the very text that was compiled.
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    namespace: dict[str, Any] = {"__name__": name, "__file__": filename}
    if modules is not None:
        namespace["__builtins__"] = {**vars(builtins), "__import__": _importing(modules)}
    return namespace


@lru_cache(maxsize=512)
def _compiled(source: str, filename: str) -> CodeType:
    """It runs anew each time, in a namespace of its own; the text is the same until its author edits it."""
    return compile(source, filename, "exec")


def as_module(name: str, namespace: dict[str, Any]) -> ModuleType:
    module = ModuleType(name)
    vars(module).update(namespace)
    return module


def _importing(modules: Mapping[str, ModuleType]) -> Callable[..., Any]:
    """An `__import__` of the one namespace: sys.modules belongs to all lessons and threads."""

    def import_(name: str, *args: Any, **kwargs: Any) -> Any:
        return modules[name] if name in modules else builtins.__import__(name, *args, **kwargs)

    return import_


def _refuse_query(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> NoReturn:
    began = Statement(sql, params, many, None, "").sql[:80]
    raise LoadError(f"The file runs a query while it is loaded: {began}. Move it into run().")
