"""Seconds to a served page on a first and on a second `make run`, in a fresh clone."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

from benchmarks.pairs import say

ROOT = Path(__file__).parent.parent
PAGE = "lessons/n_plus_one/forward_foreign_key/naive/?books=1000"


def main():
    folder = tempfile.mkdtemp(prefix="queryshelf-bench-")
    try:
        subprocess.run(["git", "clone", "--quiet", str(ROOT), folder], check=True)
        for name in ("first", "second"):
            say(f"{name} `make run` to a served page, s", f"{_run(folder):.1f}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(folder):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    environment = {
        k: v for k, v in os.environ.items() if k not in ("DEBUG", "DEBUG_TOOLBAR", "SECRET_KEY", "DATA_DIR")
    }
    started = time.perf_counter()
    make = subprocess.Popen(
        ["make", "run", f"PORT={port}"],
        cwd=folder,
        env=environment,
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
