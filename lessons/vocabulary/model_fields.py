"""Fields, relations and lookups of the bookstore's models as plain values: what an editor of queries must know."""

from typing import Any

from django.apps import apps
from django.db import models

# In plain words; of a class that is derived from another one, before it.
_TYPES: dict[type[models.Field], str] = {
    models.BooleanField: "true or false",
    models.DateTimeField: "date and time",
    models.DateField: "date",
    models.TimeField: "time",
    models.DecimalField: "decimal",
    models.IntegerField: "whole number",
    models.CharField: "text",
    models.TextField: "text",
}
_RELATION = "relation"
_OF_TEXT = (
    *("iexact", "contains", "icontains", "startswith", "istartswith", "endswith", "iendswith"),
    *("regex", "iregex"),
)


def describe_models() -> dict[str, dict[str, dict[str, Any]]]:
    """Return {model: {name in queries: facts}}, of which `type` is for readers.

    A column has `lookups`, a key of describe_lookups(). A relation has `to`, the other model; `kind`: "forward" to
    one from here, "back" to one from there, "many"; and `accessor`, where it is not the name. `bound`: rows of the
    other model cannot be without one of this. A column that is no field of its own, as author_id, has `alias`.
    """
    return {model.__name__: dict(_fields(model)) for model in apps.get_app_config("library").get_models()}


def describe_lookups() -> dict[str, dict[str, Any]]:
    """Return {type: {"lookups": names, "transforms": {name: the type that it makes}}}."""
    described = {word: _lookups(field, is_text=word == "text") for field, word in _TYPES.items()}
    return described | {_RELATION: _lookups(models.ForeignKey, is_text=False)}


def _fields(model):
    for field in model._meta.get_fields():
        if field.is_relation:
            yield field.name, _relation(field)
        else:
            yield field.name, _column(field)
        if field.concrete and field.name != field.attname:
            yield field.attname, _column(field.target_field) | {"alias": True}
    yield "pk", _column(model._meta.pk) | {"alias": True}


def _column(field):
    word = _word(type(field))
    return {"type": f"{word} or None" if field.null else word, "lookups": word}


def _relation(field: Any) -> dict[str, Any]:
    to = field.related_model.__name__
    is_back = isinstance(field, models.ForeignObjectRel)
    accessor = field.get_accessor_name() if is_back else field.name
    facts: dict[str, Any]
    if field.many_to_many or field.one_to_many:
        facts = {"type": f"many {to}", "kind": "many"}
    else:
        facts = {"type": f"{to} or None" if field.null else to, "kind": "back" if is_back else "forward"}
    if accessor != field.name:
        facts["accessor"] = accessor
    if field.one_to_many and not field.field.null:
        facts["bound"] = True
    return facts | {"to": to, "lookups": _RELATION}


def _word(field_class):
    return next(word for known, word in _TYPES.items() if issubclass(field_class, known))


def _lookups(field_class, *, is_text):
    names: list[str] = []
    transforms: dict[str, str] = {}
    for name, lookup in field_class.get_lookups().items():
        if not lookup.__module__.startswith("django.db.models"):
            continue
        if issubclass(lookup, models.Transform):
            transforms[name] = _word(type(lookup.output_field))
        elif is_text or name not in _OF_TEXT:
            names.append(name)
    return {"lookups": sorted(names), "transforms": transforms}
