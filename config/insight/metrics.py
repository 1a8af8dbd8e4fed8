"""Figures for Prometheus at /metrics, where METRICS=1; without it nothing here is imported.

Each process of the site writes to a file of its own in one folder, which the first of them empties. The folder is
a temporary one: it is written through memory maps, and on a full disk the system ends a process for that.
"""

import hashlib
import os
import sqlite3
import tempfile
from contextlib import closing, suppress
from pathlib import Path
from secrets import compare_digest
from time import perf_counter

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from lab.engines.scratch import take_lock
from lessons.events import happened

_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
_held = []  # what says that this process lives


def measured(get_response):
    """Middleware: what serves counts, no command does."""
    if not _held:
        _held.append(join(folder()))
    from config.insight import figures

    happened.connect(figures.hear)

    def answer(request):
        started = perf_counter()
        response = get_response(request)
        seconds = perf_counter() - started
        figures.REQUESTS.labels(page_of(request), response.status_code).observe(seconds)
        return response

    return answer


@require_safe
def view(request):
    from config.insight import figures

    given = request.headers.get("Authorization", "").encode()
    if not compare_digest(given, f"Bearer {settings.METRICS_TOKEN}".encode()):
        return HttpResponse("Send METRICS_TOKEN as a bearer token.\n", status=403, content_type="text/plain")
    text, content_type = figures.answer()
    return HttpResponse(text, content_type=content_type)


def page_of(request):
    """The name of a page's view; of the admin and of files nothing but that."""
    match = request.resolver_match
    if match is not None:
        return match.app_names[0] if match.app_names else match.url_name or "none"
    return "static" if request.path.startswith(settings.STATIC_URL) else "none"


def folder():
    """That of this user and this DATA_DIR, made if need be."""
    user = getattr(os, "geteuid", int)()
    digest = hashlib.sha256(str(settings.DATA_DIR).encode()).hexdigest()[:12]
    made = Path(tempfile.gettempdir()) / f"queryshelf-metrics-{user}-{digest}"
    made.mkdir(mode=0o700, exist_ok=True)
    if made.is_symlink() or made.stat().st_uid != user:  # another's trap
        raise PermissionError(f"The folder {made} belongs to another user. Remove it.")
    return made


def join(folder):
    """Count into the folder; empty it first where no other process does. Until what is returned is closed."""
    lock = folder / "lock"
    with suppress(sqlite3.OperationalError), closing(take_lock(lock)):
        for left in folder.glob("*.db"):
            left.unlink()
    shared = sqlite3.connect(lock, isolation_level=None, check_same_thread=False)  # waits for who empties it
    shared.execute("BEGIN")
    shared.execute("SELECT count(*) FROM sqlite_master").fetchone()
    os.environ[_FOLDER] = str(folder)
    return shared
