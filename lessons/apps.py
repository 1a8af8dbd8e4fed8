from django.apps import AppConfig
from django.core import checks
from django.utils.autoreload import autoreload_started


class LessonsConfig(AppConfig):
    name = "lessons"

    def ready(self):
        checks.register(check_catalog)
        autoreload_started.connect(watch_content)


def check_catalog(app_configs, **kwargs):
    """Tell of broken lessons when a command starts; check_lessons proves the whole ones."""
    from lessons.course.catalog import get_catalog

    return [checks.Warning(str(fault), id="lessons.W001") for fault in get_catalog().faults]


def watch_content(sender, **kwargs):
    """Let the development server start anew when a lesson changes."""
    from lessons.course.catalog import CONTENT

    sender.watch_dir(CONTENT, "**/*")
