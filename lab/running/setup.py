"""What a lesson prepares on its private copy of a shelf: tables of models of its own, rows, indexes."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from types import ModuleType

from django.apps import apps
from django.apps.registry import Apps
from django.db import connection
from django.db.models import Model
from django.db.models.options import Options

from lab.exceptions import LoadError
from lab.running.loading import as_module, load

_APP = "library"
_NAME = "queryshelf_name"  # in a many-to-many relation's __dict__
_defining = Lock()  # Options.default_apps is the process's


@dataclass(frozen=True, kw_only=True)
class Setup:
    """A loaded setup.py."""

    module: ModuleType  # for the lesson's other files to import from
    models: tuple[type[Model], ...]  # its own, in the order of their definition; those of its many-to-many too
    setup: Callable[[], object]

    def introduce(self) -> None:
        """Let relations of its models find their other ends, in the run under way."""
        for model in self.models:
            _introduce(model, self.models)

    def prepare(self) -> None:
        """Make the tables of its models, then call its setup(). For Shelf.open(prepare=…)."""
        self.introduce()
        if self.models:
            with connection.schema_editor() as editor:
                for model in self.models:
                    # An automatic one's table is made with that of the model that has the field. A proxy has none,
                    # and what is not managed setup() makes itself.
                    if model._meta.can_migrate(connection) and not model._meta.auto_created:
                        editor.create_model(model)
        self.setup()


def load_setup(source: str, filename: str) -> Setup:
    """Return the Setup of the text of a setup.py. Raises LoadError.

    Its models live in a registry of their own and know one another: the site's models, and other lessons, do not
    know them. A child of a bookstore's model has its parent, and the parent no accessor to it.
    """
    with _registry() as registry, _without_accessors():
        namespace = load(source, filename)
    models = tuple(registry.get_models(include_auto_created=True))
    for model in models:
        _check_relations(model)
    if not callable(namespace.get("setup")):
        raise LoadError("setup.py has no setup(). Define it there, or remove the file.")
    return Setup(
        module=as_module("setup", namespace),
        models=models,
        setup=namespace["setup"],
    )


class _Registry(Apps):
    """Finds the site's models by name, and counts as its own those defined in it.

    Django looks for relations between a registry's own models, so those never show on the site's.
    """

    def __init__(self) -> None:
        super().__init__()
        for label, models in apps.all_models.items():
            self.all_models[label].update(models)

    def get_models(self, include_auto_created: bool = False, include_swapped: bool = False) -> list[type[Model]]:
        known = [model for models in self.all_models.values() for model in models.values()]
        own = [model for model in known if model._meta.apps is self]
        return [model for model in own if include_auto_created or not model._meta.auto_created]

    def clear_cache(self) -> None:
        """Called with every model that is defined: those before it are to find its relations."""
        for model in self.get_models(include_auto_created=True):
            model._meta._expire_cache()


@contextmanager
def _registry() -> Iterator[_Registry]:
    """Let models be defined in a copy of the site's registry, in which relations find both ends."""
    registry = _Registry()
    with _defining:
        replaced, Options.default_apps = Options.default_apps, registry
        try:
            yield registry
        finally:
            Options.default_apps = replaced


@contextmanager
def _without_accessors() -> Iterator[None]:
    """Take what a relation has put on the other side off the site's models: all lessons would see it."""
    before = {model: dict(vars(model)) for model in apps.get_models(include_auto_created=True)}
    try:
        yield
    finally:
        for model, attributes in before.items():
            for name, value in list(vars(model).items()):
                if name not in attributes:
                    delattr(model, name)
                elif value is not attributes[name]:
                    setattr(model, name, attributes[name])


def _check_relations(model: type[Model]) -> None:
    """A reader would look for an accessor on the bookstore's model, where there is none."""
    for field in model._meta.local_fields + model._meta.local_many_to_many:
        relation = field.remote_field
        if not relation:
            continue
        if isinstance(relation.model, str):
            raise LoadError(f"{model.__name__}.{field.name} names the model {relation.model}, which is not there.")
        target = relation.model._meta.concrete_model
        if not relation.hidden and not field.auto_created and target in _bookstore():
            raise LoadError(
                f'{model.__name__}.{field.name} would add an accessor to {target.__name__}. Say related_name="+".'
            )


def _introduce(model: type[Model], models: tuple[type[Model], ...]) -> None:
    """Let the site's side of a many-to-many find it, by a name that nothing else asks for: its manager does."""
    for field in model._meta.local_many_to_many:
        relation = field.remote_field
        if relation.model not in models:
            name = vars(relation).setdefault(_NAME, f"{relation.related_name}{uuid.uuid4().hex}")
            vars(relation)["name"], vars(field)["related_query_name"] = name, lambda name=name: name
            relation.model._meta.fields_map[name] = relation


def _bookstore() -> list[type[Model]]:
    return list(apps.get_app_config(_APP).get_models(include_auto_created=True))
