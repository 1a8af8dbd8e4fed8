"""The models, and how they refer to one another: what a diagram is drawn of."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model


@dataclass(frozen=True, kw_only=True)
class ShownField:
    name: str
    kind: str  # such as CharField
    leads_to: str | None  # a model of the diagram
    is_many: bool  # many-to-many


@dataclass(frozen=True, kw_only=True)
class ShownModel:
    name: str
    table: str
    is_own: bool  # the reader's
    fields: tuple[ShownField, ...]


def list_models(own: Iterable[type[Model]]) -> tuple[ShownModel, ...]:
    """The reader's models with those that they lead to; where there are none, the bookstore's."""
    own = [model for model in own if not model._meta.auto_created]
    shown = list(dict.fromkeys((*own, *_led_to(own)))) or list(apps.get_app_config("library").get_models())
    return tuple(
        ShownModel(
            name=_name(model, shown),
            table=model._meta.db_table,
            is_own=model in own,
            fields=tuple(_field(field, shown) for field in _fields(model)),
        )
        for model in shown
    )


def _fields(model: type[Model]) -> list[Any]:
    return [*model._meta.local_fields, *model._meta.local_many_to_many]


def _led_to(models: Iterable[type[Model]]) -> Iterator[type[Model]]:
    for model in models:
        for field in _fields(model):
            if field.remote_field:
                yield field.remote_field.model


def _field(field: Any, shown: list[type[Model]]) -> ShownField:
    target = field.remote_field and field.remote_field.model
    return ShownField(
        name=field.name,
        kind=type(field).__name__,
        leads_to=_name(target, shown) if target in shown else None,
        is_many=bool(field.many_to_many),
    )


def _name(model: type[Model], shown: list[type[Model]]) -> str:
    """With its app, where another one has the same name."""
    is_alone = [each.__name__ for each in shown].count(model.__name__) == 1
    return model.__name__ if is_alone else model._meta.label
