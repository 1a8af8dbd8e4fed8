from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from django.template.loaders.filesystem import Loader

# (folder, templates loaded in this run)
_running: ContextVar[tuple[Path, dict] | None] = ContextVar("lesson_templates", default=None)


class LessonTemplates(Loader):
    """Finds the templates of the lesson that is running, before any other: lessons share no names.

    Like Django's cached loader it parses a template once, for as long as the run lasts.
    """

    def get_dirs(self):
        return [running[0]] if (running := _running.get()) else []

    def get_template(self, template_name, skip=None):
        if skip or not (running := _running.get()):
            return super().get_template(template_name, skip=skip)
        loaded = running[1]
        if template_name not in loaded:
            loaded[template_name] = super().get_template(template_name)
        return loaded[template_name]


@contextmanager
def templates_of(lesson):
    token = _running.set((lesson.folder / "templates", {}))
    try:
        yield
    finally:
        _running.reset(token)
