"""The app that a reader's own models belong to."""

from django.apps import AppConfig


class Own(AppConfig):
    name = "lessons.play"
    label = "app"  # which their tables' names begin with
