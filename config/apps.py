from contextlib import suppress
from pathlib import Path

from django.apps import AppConfig
from django.conf import settings


class ConfigConfig(AppConfig):
    name = "config"

    def ready(self):
        _keep_to_its_owner(settings.DATABASES["default"])
        if settings.DEBUG_TOOLBAR:
            from config.toolbar import watch_shelf
            from lab.signals import shelf_opened

            shelf_opened.connect(watch_shelf)
        if settings.QUERYSHELF_SILK:
            from config.silk import watch_shelves

            watch_shelves()


def _keep_to_its_owner(database):
    """The default database has passwords and sessions: a file of it in the data folder is for its owner alone.

    What SQLite puts beside it has the same mode.
    """
    path = Path(database["NAME"])
    if database["ENGINE"].endswith("sqlite3") and path.is_relative_to(settings.DATA_DIR):
        with suppress(OSError):  # a data folder that cannot be written, a file of somebody else
            path.touch(mode=0o600)
            if path.stat().st_mode & 0o077:
                path.chmod(0o600)
