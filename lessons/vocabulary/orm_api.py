"""Methods of managers, querysets and instances, and what can be imported, with signatures: as plain values."""

import inspect
from importlib import import_module
from types import FunctionType
from typing import Any

from django.apps import apps
from django.db import models

_MODULES = ("django.db", "django.db.models", "django.db.models.functions", "library.models")
_OF_DB = ("connection", "connections", "models", "reset_queries", "transaction", "DatabaseError", "IntegrityError")
# What a method of a queryset gives, where that has methods or attributes of its own.
_GIVES = {
    "queryset": (
        "alias all annotate complex_filter defer difference distinct exclude extra fetch_mode filter intersection"
        " none only order_by prefetch_related reverse select_for_update select_related union using"
    ),
    "rows": "dates datetimes values values_list",
    "one": "acreate aearliest afirst aget alast alatest create earliest first get last latest",
    "each": "aiterator iterator raw",
}
_INTERNAL = ("as_manager", "resolve_expression")
_OF_INSTANCES = (
    *("adelete", "arefresh_from_db", "asave", "delete"),
    *("full_clean", "get_deferred_fields", "refresh_from_db", "save"),
)
_LONGEST = 60  # characters of a signature


def describe_methods() -> dict[str, dict[str, dict[str, Any]]]:
    """Return {"queryset", "manager", "related" or "instance": {name: {"signature", "gives"}}}.

    gives: "queryset"; "rows", one of other things than instances; "one", an instance; "each", an iterator of them
    """
    queryset = {name: method for name, method in _methods(models.QuerySet) if name not in _INTERNAL}
    manager = {name: method for name, method in queryset.items() if hasattr(models.Manager, name)}
    return {
        "queryset": {name: _described(name, method) for name, method in queryset.items()},
        "manager": {name: _described(name, method) for name, method in manager.items()},
        "related": {name: {"signature": _signature(method)} for name, method in _of_related_managers()},
        "instance": {name: {"signature": _signature(getattr(models.Model, name))} for name in _OF_INSTANCES},
    }


def describe_modules() -> dict[str, dict[str, str]]:
    """Return {module: {name that can be imported from it: its signature, or ""}}."""
    return {module: {name: _signature_of(module, name) for name in _names(module)} for module in _MODULES}


def _methods(owner):
    return [
        (name, each) for name, each in inspect.getmembers(owner, inspect.isfunction) if not name.startswith("_")
    ]


def _described(name, method):
    gives = next((kind for kind, names in _GIVES.items() if name in names.split()), None)
    return {"signature": _signature(method)} | ({"gives": gives} if gives else {})


def _of_related_managers():
    """What the manager of a relation to many has beside what every manager has."""
    many = next(
        getattr(model, field.name).related_manager_cls
        for model in apps.get_app_config("library").get_models()
        for field in model._meta.many_to_many
    )
    own = ((name, each) for name, each in vars(many).items() if isinstance(each, FunctionType))
    return [
        (name, each)
        for name, each in own
        if not name.startswith(("_", "get_")) and not hasattr(models.QuerySet, name)
    ]


def _names(module):
    if module == "library.models":
        return [model.__name__ for model in apps.get_app_config("library").get_models()]
    if module == "django.db":
        return _OF_DB
    found = import_module(module)
    classes = [name for name, _ in inspect.getmembers(found, inspect.isclass)]
    public = getattr(found, "__all__", classes)
    return sorted(name for name in public if not name.startswith("_"))


def _signature_of(module, name):
    found = getattr(import_module(module), name)
    is_expression = inspect.isclass(found) and hasattr(found, "resolve_expression")
    return _signature(found.__init__) if is_expression or found is models.Prefetch else ""


def _signature(method):
    """Its parameters without self, without annotations and without what is not for callers, on one line."""
    parameters = list(inspect.signature(method).parameters.values())[1:]
    told = [each for each in parameters if not each.name.startswith("_") and each.name != "extra"]
    bare = [str(each.replace(annotation=inspect.Parameter.empty)) for each in told]
    kept = ", ".join(bare)
    return f"({kept})" if len(kept) <= _LONGEST else f"({kept[:_LONGEST].rpartition(', ')[0]}, …)"
