"""What stands in for third-party packages, where the column of a field is all that matters."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from inspect import signature
from types import ModuleType
from typing import Any

from django.db import models

# Of a field, those parameters that stay: of whatever base. The others belong to what is not there.
_OF_ANY = set(signature(models.Field.__init__).parameters) - {"self"}
_OF_BASE = {
    models.CharField: {"max_length"},
    models.DecimalField: {"max_digits", "decimal_places"},
    models.DateTimeField: {"auto_now", "auto_now_add"},
    models.ForeignKey: set(signature(models.ForeignKey.__init__).parameters) - {"self", "kwargs"},
}
_POSITIONAL = (models.ForeignKey,)
_CHAR = {name: (models.CharField, {"max_length": length}) for name, length in {
    "phonenumber_field.modelfields.PhoneNumberField": 128,
    "django_countries.fields.CountryField": 2,
    "timezone_field.TimeZoneField": 63,
    "autoslug.AutoSlugField": 255,
    "autoslug.fields.AutoSlugField": 255,
    "django_extensions.db.fields.AutoSlugField": 255,
    "django_extensions.db.fields.RandomCharField": 64,
    "model_utils.fields.StatusField": 100,
    "django_fsm.FSMField": 50,
    "colorfield.fields.ColorField": 25,
    "shortuuid.django_fields.ShortUUIDField": 22,
    "cloudinary.models.CloudinaryField": 255,
    "sorl.thumbnail.ImageField": 100,
    "imagekit.models.ProcessedImageField": 100,
    "versatileimagefield.fields.VersatileImageField": 100,
    "easy_thumbnails.fields.ThumbnailerImageField": 100,
    "django.contrib.postgres.fields.CICharField": 255,
}.items()}  # fmt: skip
_Column = tuple[type[models.Field], dict[str, Any]]
_TEXT: dict[str, _Column] = dict.fromkeys(
    (
        "ckeditor.fields.RichTextField",
        "ckeditor_uploader.fields.RichTextUploadingField",
        "django_ckeditor_5.fields.CKEditor5Field",
        "tinymce.models.HTMLField",
        "markdownx.models.MarkdownxField",
        "martor.models.MartorField",
        "django.contrib.postgres.search.SearchVectorField",
        *(f"django.contrib.gis.db.models.{kind}Field" for kind in ("Point", "Polygon", "LineString", "Geometry")),
    ),
    (models.TextField, {}),
)
_JSON: dict[str, _Column] = dict.fromkeys(
    (
        "jsonfield.JSONField",
        "jsonfield.fields.JSONField",
        "django.contrib.postgres.fields.ArrayField",
        "django.contrib.postgres.fields.HStoreField",
        "django.contrib.postgres.fields.JSONField",
        "multiselectfield.MultiSelectField",
    ),
    (models.JSONField, {}),
)
_FIELDS: dict[str, _Column] = {
    **_CHAR,
    **_TEXT,
    **_JSON,
    "djmoney.models.fields.MoneyField": (models.DecimalField, {"max_digits": 14, "decimal_places": 2}),
    "mptt.models.TreeForeignKey": (models.ForeignKey, {}),
    "mptt.fields.TreeForeignKey": (models.ForeignKey, {}),
    "model_utils.fields.AutoCreatedField": (models.DateTimeField, {"auto_now_add": True}),
    "model_utils.fields.AutoLastModifiedField": (models.DateTimeField, {"auto_now": True}),
    "model_utils.fields.MonitorField": (models.DateTimeField, {"null": True}),
    "django_extensions.db.fields.CreationDateTimeField": (models.DateTimeField, {"auto_now_add": True}),
    "django_extensions.db.fields.ModificationDateTimeField": (models.DateTimeField, {"auto_now": True}),
}
_INDEXES = [f"django.contrib.postgres.indexes.{kind}Index" for kind in ("Gin", "Gist", "Brin", "Hash", "BTree")]
# Abstract models, by the columns that they bring.
_MODELS: dict[str, dict[str, Callable[[], models.Field]]] = {
    "model_utils.models.TimeStampedModel": {
        "created": lambda: models.DateTimeField(auto_now_add=True),
        "modified": lambda: models.DateTimeField(auto_now=True),
    },
    "django_extensions.db.models.TimeStampedModel": {
        "created": lambda: models.DateTimeField(auto_now_add=True),
        "modified": lambda: models.DateTimeField(auto_now=True),
    },
    "model_utils.models.SoftDeletableModel": {"is_removed": lambda: models.BooleanField(default=False)},
    "mptt.models.MPTTModel": {
        name: lambda: models.PositiveIntegerField(default=0) for name in ("lft", "rght", "tree_id", "level")
    },
}
_WITHOUT_COLUMN = (  # what adds none: history is kept elsewhere, a tracker looks at the instance
    "simple_history.models.HistoricalRecords",
    "auditlog.models.AuditlogHistoryField",
    "model_utils.FieldTracker",
    "model_utils.tracker.FieldTracker",
    "imagekit.models.ImageSpecField",
)
_NAMES = [*_FIELDS, *_INDEXES, *_MODELS, *_WITHOUT_COLUMN, "model_utils.Choices"]


@dataclass(frozen=True, kw_only=True)
class StandIn:
    module: ModuleType
    says: dict[str, str]  # a sentence for each name that may be imported from it

    def told(self, texts: Mapping[str, str]) -> list[str]:
        """Of those names that the files have."""
        words = set(re.findall(r"\w+", " ".join(texts.values())))
        return [says for name, says in self.says.items() if name in words]


def stand_in_for(name: str) -> StandIn | None:
    """Of a module, such as phonenumber_field.modelfields; None where nothing can stand in for it."""
    if name == "django.contrib.gis.db":
        return _of_gis()
    found = {path.rpartition(".")[2]: path for path in _NAMES if path.rpartition(".")[0] == name}
    if not found:
        return None
    module = ModuleType(name)
    vars(module).update({own: _made(path, own) for own, path in found.items()})
    return StandIn(module=module, says={own: _says(path, own) for own, path in found.items()})


def _of_gis() -> StandIn:
    inner = stand_in_for("django.contrib.gis.db.models")
    assert inner
    module, every = ModuleType("django.contrib.gis.db"), ModuleType("models")
    vars(every).update({**vars(models), **vars(inner.module)})
    vars(module)["models"] = every
    return StandIn(module=module, says=inner.says)


def _made(path: str, name: str) -> Any:
    if path in _FIELDS:
        return _field(name, *_FIELDS[path])
    if path in _INDEXES:
        return _index
    if path in _MODELS:
        return _abstract(name, _MODELS[path])
    return _choices if name == "Choices" else _Nothing


def _says(path: str, name: str) -> str:
    package = path.partition(".")[0]
    if path in _FIELDS:
        why = f"of {package} a column is all that counts"
        if package == "django":
            why = "PostgreSQL alone has such a column"
        return f"`{name}` is a `{_FIELDS[path][0].__name__}` here: {why}."
    if path in _INDEXES:
        return f"`{name}` is a plain `Index` here: SQLite has no other."
    if path in _MODELS:
        columns = " and ".join(f"`{column}`" for column in _MODELS[path])
        return f"`{name}` brings {columns} here, and nothing else: {package} is not there."
    return f"`{name}` does nothing here: {package} is not there, and it adds no column."


def _field(name: str, base: type[models.Field], defaults: dict[str, Any]) -> type[models.Field]:
    kept = _OF_ANY | next((names for kind, names in _OF_BASE.items() if issubclass(base, kind)), set())

    def make(*args: Any, **options: Any) -> models.Field:
        options = {**defaults, **{key: value for key, value in options.items() if key in kept}}
        return base(*(args if base in _POSITIONAL else ()), **options)

    return make  # type: ignore[return-value]


def _index(*expressions: Any, **options: Any) -> models.Index:
    kept = {key: value for key, value in options.items() if key in {"fields", "name", "condition"}}
    return models.Index(*expressions, **kept)


def _abstract(name: str, columns: dict[str, Callable[[], models.Field]]) -> type[models.Model]:
    meta = type("Meta", (), {"abstract": True})
    body = {column: make() for column, make in columns.items()}
    return type(name, (models.Model,), {"__module__": "lessons.play.reader", "Meta": meta, **body})


def _choices(*given: Any) -> list[tuple[Any, Any]]:
    """Pairs of what is stored and what is shown."""
    return [(each[0], each[-1]) if isinstance(each, (list, tuple)) else (each, each) for each in given]


class _Nothing:
    def __init__(self, *args: Any, **options: Any) -> None:
        pass

    def __call__(self, *args: Any, **options: Any) -> "_Nothing":
        return self

    def __getattr__(self, name: str) -> "_Nothing":
        if name.startswith("__") or name == "contribute_to_class":
            raise AttributeError(name)
        return _Nothing()
