"""What a lesson prepares on its private copy of a shelf: tables of models of its own, rows, indexes."""

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
_defining = Lock()  # Options.default_apps is the process's


@dataclass(frozen=True, kw_only=True)
class Setup:
    """A loaded setup.py."""

    module: ModuleType  # for the lesson's other files to import from
    models: tuple[type[Model], ...]  # its own, in the order of their definition; those of its many-to-many too
    setup: Callable[[], object]

    def prepare(self) -> None:
        """Make the tables of its models, then call its setup(). For Shelf.open(prepare=…)."""
        if self.models:
            with connection.schema_editor() as editor:
                for model in self.models:
                    if not model._meta.auto_created:  # its table is made with that of the model that has the field
                        editor.create_model(model)
        self.setup()


def load_setup(source: str, filename: str) -> Setup:
    """Return the Setup of the text of a setup.py. Raises LoadError.

    Its models live in a registry of their own and know one another: the bookstore's models, and other lessons,
    do not know them.
    """
    with _registry() as registry:
        namespace = load(source, filename)
    models = tuple(registry.get_models(include_auto_created=True))
    for model in models:
        _check_relations(model, models)
    if not callable(namespace.get("setup")):
        raise LoadError("setup.py has no setup(). Define it there, or remove the file.")
    return Setup(
        module=as_module("setup", namespace),
        models=models,
        setup=namespace["setup"],
    )


class _Registry(Apps):
    """Finds the bookstore's models by name, and counts as its own those defined in it.

    Django looks for relations between a registry's own models, so those never show on the bookstore's.
    """

    def __init__(self) -> None:
        super().__init__()
        self.all_models[_APP].update(apps.all_models[_APP])

    def get_models(self, include_auto_created: bool = False, include_swapped: bool = False) -> list[type[Model]]:
        own = [model for model in self.all_models[_APP].values() if model._meta.apps is self]
        return [model for model in own if include_auto_created or not model._meta.auto_created]

    def clear_cache(self) -> None:
        """Called with every model that is defined: those before it are to find its relations."""
        for model in self.get_models(include_auto_created=True):
            model._meta._expire_cache()


@contextmanager
def _registry() -> Iterator[_Registry]:
    """Let models be defined in a copy of the bookstore's registry, in which relations find both ends."""
    registry = _Registry()
    with _defining:
        replaced, Options.default_apps = Options.default_apps, registry
        try:
            yield registry
        finally:
            Options.default_apps = replaced


def _check_relations(model: type[Model], models: tuple[type[Model], ...]) -> None:
    """An accessor on the other side would stay on the bookstore's model for all lessons to see."""
    for field in model._meta.local_fields + model._meta.local_many_to_many:
        relation = field.remote_field
        if relation and not relation.hidden and relation.model not in models:
            raise LoadError(
                f"{model.__name__}.{field.name} would add an accessor to {relation.model.__name__}."
                ' Say related_name="+".'
            )
