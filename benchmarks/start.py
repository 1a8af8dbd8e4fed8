"""Time to a served page on a first and on a second `make run`, in a fresh clone ÷ the least that they take."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from functools import partial
from pathlib import Path

from benchmarks.figure import Figure
from benchmarks.pairs import seconds

ROOT = Path(__file__).parent.parent
PAGE = "lessons/n_plus_one/forward_foreign_key/naive/?books=1000"


def figures():
    folder = tempfile.mkdtemp(prefix="queryshelf-bench-")
    try:
        subprocess.run(["git", "clone", "--quiet", str(ROOT), folder], check=True)
        packages = seconds(partial(_packages, folder))
        yield Figure(
            name="first `make run` to a served page",
            ours=_run(folder),
            peer=packages,
            versus="a virtual environment with the same packages",
            unit="s",
            means="From a clone to a lesson in the browser. Most of it is pip; the rest are the charts and "
            "the shelves.",
        )
        yield Figure(
            name="second `make run` to a served page",
            ours=_run(folder),
            peer=seconds(partial(_check, folder)),
            versus="`manage.py check`",
            unit="s",
            means="From the command to a lesson in the browser when everything is there: Django starts, and "
            "a lesson of 1,001 queries runs.",
        )
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _packages(folder):
    """Into an environment that is thrown away. Packages that pip has fetched before are in its cache, for both."""
    with tempfile.TemporaryDirectory(prefix="queryshelf-bench-") as floor:
        subprocess.run([sys.executable, "-m", "venv", floor], check=True)
        pip = [f"{floor}/bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "-r", f"{folder}/requirements.txt"], check=True, stderr=subprocess.DEVNULL)


def _check(folder):
    command = [f"{folder}/.venv/bin/python", "manage.py", "check"]
    subprocess.run(command, cwd=folder, env=_environment(), check=True, stdout=subprocess.DEVNULL)


def _environment():
    ours = ("DEBUG", "DEBUG_TOOLBAR", "SECRET_KEY", "DATA_DIR", "STATIC_ROOT", "DJANGO_SETTINGS_MODULE")
    return {name: value for name, value in os.environ.items() if name not in ours}


def _run(folder):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    started = time.perf_counter()
    make = subprocess.Popen(
        ["make", "run", f"PORT={port}", f"PYTHON={sys.executable}", "VENV=.venv"],
        cwd=folder,
        env=_environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return _wait(f"http://127.0.0.1:{port}/{PAGE}", make) - started
    finally:
        os.killpg(make.pid, signal.SIGTERM)
        make.wait(timeout=20)


def _wait(url, make):
    while make.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=30).read()
        except OSError:
            time.sleep(0.1)
        else:
            return time.perf_counter()
    raise SystemExit(f"make run ended with {make.returncode} before it served {url}")
