from django.apps import AppConfig

from lab import reach


class LabConfig(AppConfig):
    name = "lab"

    def ready(self) -> None:
        reach.install()
