from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy
from dataclasses import dataclass, field
from pathlib import Path

from django.template import Library, Template
from django.template.loaders.filesystem import Loader


@dataclass(frozen=True, kw_only=True)
class _Running:
    """What templates of the lesson that is running are made of."""

    folder: Path
    libraries: dict[str, Library]  # of its own, which its templates load beside the installed ones
    loaded: dict[str, Template] = field(default_factory=dict)  # in this run


_running: ContextVar[_Running | None] = ContextVar("lesson_templates", default=None)


class LessonTemplates(Loader):
    """Finds the templates of the lesson that is running, before any other: lessons share no names.

    Like Django's cached loader it parses a template once, for as long as the run lasts.
    """

    def get_dirs(self):
        return [running.folder] if (running := _running.get()) else []

    def get_template(self, template_name, skip=None):
        if not (running := _running.get()):
            return super().get_template(template_name, skip=skip)
        if skip:
            return Loader.get_template(self._with(running.libraries), template_name, skip=skip)
        if template_name not in running.loaded:
            running.loaded[template_name] = Loader.get_template(self._with(running.libraries), template_name)
        return running.loaded[template_name]

    def _with(self, libraries):
        """A loader like this one whose templates can load these libraries too: the engine is the process's."""
        loader = copy(self)
        loader.engine = copy(self.engine)
        loader.engine.template_libraries = {**self.engine.template_libraries, **libraries}
        return loader


@contextmanager
def templates_of(lesson, modules):
    """modules: those of the run, by name; one with a `register` is a template library"""
    found = {name: getattr(module, "register", None) for name, module in modules.items()}
    libraries = {name: register for name, register in found.items() if isinstance(register, Library)}
    token = _running.set(_Running(folder=lesson.folder / "templates", libraries=libraries))
    try:
        yield
    finally:
        _running.reset(token)
