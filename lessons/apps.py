from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.signals import request_started
from django.utils.autoreload import autoreload_started, file_changed


class LessonsConfig(AppConfig):
    name = "lessons"

    def ready(self):
        from lessons.course.changes import read_again

        checks.register(check_catalog)
        if settings.DEBUG:  # a development server starts anew for a file that is written, not for one that is new
            request_started.connect(read_again)
        autoreload_started.connect(watch_content)
        file_changed.connect(forget_pages)


def check_catalog(app_configs, **kwargs):
    """Tell of broken lessons when a command starts; check_lessons proves the whole ones."""
    from lessons.course.catalog import get_catalog

    return [checks.Warning(str(fault), id="lessons.W001") for fault in get_catalog().faults]


def watch_content(sender, **kwargs):
    """Let the development server start anew when a lesson changes, the words of the field, or a stylesheet."""
    from lessons.course.catalog import CONTENT

    sender.watch_dir(CONTENT, "**/*")
    sender.watch_dir(CONTENT.parent / "vocabulary", "*.toml")
    sender.watch_dir(settings.BASE_DIR / "static" / "css", "**/*.css")


def forget_pages(sender, **kwargs):
    """Let pages that are kept be made anew when a template changes, after which no server starts anew."""
    from lessons.pages.kept import forget

    forget()
