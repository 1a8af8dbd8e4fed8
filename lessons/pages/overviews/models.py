"""The bookstore's models: their fields, how many rows each has on a shelf, and a diagram of them."""

from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.contrib.staticfiles import finders
from django.db import models
from django.utils.safestring import SafeString, mark_safe

from library import seeding

DIAGRAM = "build/models.svg"
SHELVES = (100, 1_000, 10_000)


@dataclass(frozen=True, kw_only=True)
class Field:
    name: str
    kind: str  # CharField
    to: str  # name of the model at the other end, or ""
    notes: str  # "unique, may be null"
    back: str  # the reverse accessor, or ""


@dataclass(frozen=True, kw_only=True)
class ModelEntry:
    name: str
    fields: tuple[Field, ...]
    rows: tuple[int, ...]  # on each of SHELVES


def list_models():
    """Return a ModelEntry for each model of the library, in its order."""
    sizes = [seeding.sizes(books) for books in SHELVES]
    return [
        ModelEntry(
            name=model.__name__,
            fields=tuple(map(_field, [*model._meta.fields, *model._meta.many_to_many])),
            rows=tuple(size[model] for size in sizes if model in size),
        )
        for model in apps.get_app_config("library").get_models()
    ]


def diagram() -> SafeString:
    """The diagram as SVG, as the build has drawn it; "" where it has not."""
    path = finders.find(DIAGRAM)
    return mark_safe(Path(path).read_text(encoding="utf-8") if isinstance(path, str) else "")


def _field(field: models.Field) -> Field:
    related = field.related_model
    notes = [
        "primary key" if field.primary_key else "unique" if field.unique else "",
        "indexed" if field.db_index and not field.is_relation else "",
        "may be null" if field.null else "",
    ]
    return Field(
        name=field.name,
        kind=type(field).__name__,
        to=related.__name__ if isinstance(related, type) else "",
        notes=", ".join(filter(None, notes)),
        back=field.remote_field.get_accessor_name() if field.is_relation else "",
    )
