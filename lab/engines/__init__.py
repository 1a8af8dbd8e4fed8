"""The database servers at hand. An engine is named as in URLs: sqlite."""

from functools import lru_cache

from django.conf import settings

from lab.engines.base import Engine
from lab.engines.sqlite import SQLite
from lab.exceptions import UnknownEngine

__all__ = ["NAMES", "Engine", "get_engine", "names_at_hand"]

NAMES = ("sqlite", "postgresql", "mysql")  # those a lesson may name


def get_engine(name="sqlite"):
    engines = _engines(settings.DATA_DIR)
    if name not in engines:
        raise UnknownEngine(f"There is no engine “{name}” here. Choose one of: {', '.join(engines)}.")
    return engines[name]


def names_at_hand():
    return tuple(_engines(settings.DATA_DIR))


@lru_cache
def _engines(data_dir):
    engines = [SQLite(data_dir / "shelves" / "sqlite")]
    for engine in engines:
        engine.sweep()
    return {engine.name: engine for engine in engines}
