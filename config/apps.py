from django.apps import AppConfig
from django.conf import settings


class ConfigConfig(AppConfig):
    name = "config"

    def ready(self):
        if settings.DEBUG_TOOLBAR:
            from config.toolbar import watch_shelf
            from lab.signals import shelf_opened

            shelf_opened.connect(watch_shelf)
        if settings.QUERYSHELF_SILK:
            from config.silk import watch_shelves

            watch_shelves()
