"""A worker process before Django is: it gets settings as those of a server, with what an export needs."""

import gc
import multiprocessing
import os
import pickle
from threading import Thread

import django
from django.conf import settings

# As on a server, whatever .env says; lessons run in this very process, which nobody else waits for.
_SERVED = {
    "DEBUG": "0",
    "DEBUG_TOOLBAR": "0",
    "QUERYSHELF_SILK": "0",
    "ADMIN": "0",
    "METRICS": "0",
    "PUBLIC_URL": "",
    "CACHE_URL": "locmemcache://",
    "OTEL_EXPORTER_OTLP_ENDPOINT": "",
    "RUNS_APART": "0",
    "LOG_LEVEL": "ERROR",
}
# The secret among them: servers know the role of readers by it, and the site's own processes ask them meanwhile.
_KEPT = ("DATA_DIR", "POSTGRES_URL", "MYSQL_URL", "SECRET_KEY")


def environment(static_root: str) -> dict[str, str]:
    """The variables of a worker's settings."""
    there = {name: str(getattr(settings, name)) for name in _KEPT}
    return {**_SERVED, **there, "STATIC_ROOT": static_root}


def begin(variables: dict[str, str], job: bytes) -> None:
    """Run first in each worker. job: a pickled Job, whose module cannot be imported before."""
    Thread(target=_end_with_the_command, daemon=True).start()
    os.environ.update(variables)
    settings.STORAGES = {
        **settings.STORAGES,
        # Hashed names, by which what a browser has kept is known; compressing is the host's.
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
    settings.ROOT_URLCONF = "lessons.export.urls"
    settings.MIDDLEWARE = [
        "django_htmx.middleware.HtmxMiddleware",
        "lessons.pages.errors.middleware.InWords",
    ]
    django.setup()

    from lessons.export import worker

    worker.take_up(pickle.loads(job))
    gc.collect()
    gc.freeze()  # what stays is not looked through again and again


def _end_with_the_command() -> None:
    """However it is killed: a pool's workers would wait for work from it for ever."""
    if (command := multiprocessing.parent_process()) is not None:
        command.join()
        os._exit(1)
