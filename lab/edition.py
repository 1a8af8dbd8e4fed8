"""What decides a shelf's rows, but for its size and seed."""

import hashlib
import inspect
from functools import lru_cache

from django.db.migrations.loader import MigrationLoader

from library import rows, seeding, words

MIGRATED = ("library", "contenttypes")  # apps whose tables a shelf has
_DIGITS = 8


@lru_cache
def fingerprint() -> str:
    """Digest of it."""
    loader = MigrationLoader(None)
    migrations = sorted(f"{app}.{name}" for app, name in loader.disk_migrations if app in MIGRATED)
    sources = [inspect.getsource(module) for module in (seeding, rows, words)]
    return hashlib.sha256("\n".join([*migrations, *sources]).encode()).hexdigest()


def edition() -> str:
    """What the names of shelves have of it, so that those of two versions of the site lie side by side."""
    return fingerprint()[:_DIGITS]
