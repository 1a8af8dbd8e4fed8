from django.apps import AppConfig
from django.conf import settings


class ConfigConfig(AppConfig):
    name = "config"

    def ready(self):
        if settings.DEBUG_TOOLBAR:
            from config import toolbar  # noqa: F401  connects it to the lab
