"""A reader's own models: tables are made of them on the fly, and nothing of them stays."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Model

from lab.exceptions import LoadError
from lessons.play.files import Files

_USERS = ("auth", "admin")  # whoever is deleted has a log there
_FILL = ("models", "setup")  # whose setup() is called: the reader's models, and what a lesson prepares
_NAMES_USERS = re.compile(r"\b(auth|AUTH_USER_MODEL|get_user_model)\b")


def define(files: Files) -> tuple[type[Model], ...]:
    """Have the models of the files among the site's, until the end of closed(). Returns them. Raises LoadError."""
    before = _known()
    for name in files.modules:
        files.open(name)
    _settle(before)
    return tuple(_new(before))


@contextmanager
def forgetting() -> Iterator[None]:
    """Forget what models are defined within the block: two files that run may each define the same."""
    before = _known()
    try:
        yield
    finally:
        for model in _new(before):
            del apps.all_models[model._meta.app_label][model._meta.model_name or ""]
        apps.clear_cache()


def _known() -> dict[str, dict[str, Any]]:
    """Models by app and name."""
    return {label: dict(models) for label, models in apps.all_models.items()}


def prepare(files: Files, own: tuple[type[Model], ...], *, is_empty: bool) -> None:
    """On a copy of a shelf: empty its tables, make those of the models, and let setup() fill them."""
    if is_empty:
        _empty()
    there = set(connection.introspection.table_names())
    users = [model for label in _USERS for model in apps.get_app_config(label).get_models()] if _use(files) else []
    with connection.schema_editor() as editor:
        for model in (*users, *own):
            is_ours = model._meta.can_migrate(connection) and not model._meta.auto_created
            if is_ours and model._meta.db_table not in there:
                editor.create_model(model)
    for name in _FILL:
        if setup := vars(files.opened[name]).get("setup") if name in files.opened else None:
            setup()


def _use(files: Files) -> bool:
    """Whether the code has to do with users."""
    return any(map(_NAMES_USERS.search, files.texts.values()))


def _empty() -> None:
    models = apps.get_app_config("library").get_models(include_auto_created=True)
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        for model in models:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")


def _new(before: dict[str, dict[str, Any]]) -> list[type[Model]]:
    return [
        model
        for label, models in apps.all_models.items()
        for name, model in models.items()
        if name not in before.get(label, ())
    ]


def _settle(before: dict[str, dict[str, Any]]) -> None:
    """Let relations find what they name. Raises LoadError for what is not there.

    "shop.Customer" is the reader's Customer, whatever the app is called where it was pasted from.
    """
    own = {model._meta.model_name: model for model in _new(before)}
    for label, name in list(apps._pending_operations):
        if name in own:
            for operation in apps._pending_operations.pop((label, name)):
                operation(own[name])
    for model in own.values():
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
            target = field.remote_field and field.remote_field.model
            if isinstance(target, str):
                called = target.rpartition(".")[2]
                raise LoadError(
                    f"{model.__name__}.{field.name} names the model {target}, which is not there."
                    f" Write a class {called} into models.py: its fields that the code asks for are enough."
                )
