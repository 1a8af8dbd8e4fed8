"""The site, served as the Dockerfile serves it, on a port of its own."""

import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import django
import psutil
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

from tests.servers import WITH_US

ROOT = Path(__file__).parent.parent
_BIND = re.compile(r"--bind \S+")


@contextmanager
def as_on_a_server(**environment):
    """Set Django up as on a server, with static files in a folder of their own, until the block ends.

    A signal that ends this process ends the block first.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with tempfile.TemporaryDirectory(prefix="queryshelf-bench-", ignore_cleanup_errors=True) as folder:
        ours = {"DJANGO_SETTINGS_MODULE": "config.settings", "DEBUG": "0", "DEBUG_TOOLBAR": "0", "PUBLIC_URL": ""}
        os.environ.update({**ours, "SECRET_KEY": "benchmarks", "STATIC_ROOT": folder, **environment})
        django.setup()
        compressed = {**settings.STORAGES, "staticfiles": {"BACKEND": "tests.static_storage.OursCompressed"}}
        with override_settings(STORAGES=compressed):
            call_command("collectstatic", verbosity=0, interactive=False)
        yield Path(folder)


@contextmanager
def serving(application="config.wsgi", *, settings="config.settings", **environment):
    """Yield (address, process) of gunicorn with the options of the Dockerfile, until the block ends."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "gunicorn", application, *options(), "--bind", f"127.0.0.1:{port}"]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            [*WITH_US, *command],
            cwd=ROOT,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": settings, **environment},
            stdout=log,
            stderr=log,
        )
        try:
            _wait(f"{address}/healthz/", process, log)
            yield address, process
        finally:
            stop(process)


def serving_bare(**environment):
    """The views of benchmarks.sites.bare, served alike."""
    return serving("benchmarks.sites.bare", settings="benchmarks.sites.bare_settings", **environment)


def options():
    """What the Dockerfile gives gunicorn, without the address that it binds."""
    command = re.search(r"exec gunicorn config\.wsgi([^\"]*)\"", (ROOT / "Dockerfile").read_text())
    if command is None:
        raise RuntimeError("The Dockerfile has no “exec gunicorn config.wsgi …”: mend benchmarks/server.py.")
    return shlex.split(_BIND.sub("", command[1]))


def _wait(url, process, log):
    for _ in range(600):
        try:
            with urllib.request.urlopen(url, timeout=30) as response:
                return response.read()
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.1)
    log.seek(0)
    raise RuntimeError(f"gunicorn does not answer at {url}: {log.read().decode()[-2000:]}")


def stop(process, patience=40):
    """End a server and whatever it has started."""
    try:
        family = psutil.Process(process.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        family = []
    process.terminate()
    try:
        process.wait(timeout=patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for each in psutil.wait_procs(family, timeout=2)[1]:
        each.kill()
