from django.apps import AppConfig

from lab import reach, refusing


class LabConfig(AppConfig):
    name = "lab"

    def ready(self) -> None:
        reach.install()
        refusing.install()
