"""Sites that a test may break: each gunicorn, with DEBUG off, on a data folder of its own."""

import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import pytest

from lab.engines import get_engine
from tests.conftest import ROOT, free_port, gunicorn
from tests.servers import WITH_US

READS = "/lessons/n_plus_one/forward_foreign_key/naive/?books=100&engine=sqlite"
WRITES = "/lessons/write_in_bulk/bulk_create/naive/?books=1000&engine=sqlite"


def shelf_name(books):
    """The name of its file, on SQLite."""
    return get_engine()._path(books).name


def environment_of(data_dir, **others):
    """Of a command on this data folder, and on SQLite alone."""
    own = {"DATA_DIR": data_dir, "DATABASE_URL": f"sqlite:///{data_dir}/site.sqlite3", "MYSQL_URL": ""}
    return {**os.environ, **{name: str(value) for name, value in {**own, **others}.items()}}


class Site:
    """log: the file that it prints to; environment: what differs from that of the tests"""

    def __init__(self, data_dir, log, **environment):
        self.data_dir, self.port = data_dir, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = environment_of(data_dir, **environment)
        self.log = log
        self.process = None

    def start(self, *, ask="/glossary/"):
        """ask: what has to be answered, whatever with, before it is taken to have started"""
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [*WITH_US, *gunicorn(self.port), "--workers", "2"],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        happens(lambda: self._answers(ask))
        return self

    def _answers(self, path):
        if self.process.poll() is not None:
            pytest.fail(f"the site ended: {self.said}")
        with suppress(OSError):
            return self.get(path)

    def get(self, path, seconds=60):
        """Return what is answered: status, text, headers. Raises OSError where nobody answers."""
        try:
            with urllib.request.urlopen(f"{self.url}{path}", timeout=seconds) as response:
                return SimpleNamespace(
                    status=response.status, text=response.read().decode(), headers=response.headers
                )
        except urllib.error.HTTPError as error:
            with error:
                return SimpleNamespace(status=error.code, text=error.read().decode(), headers=error.headers)

    @property
    def said(self):
        return self.log.read_text()

    @property
    def workers(self):
        return [
            int(pid)
            for pid in Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        ]

    @property
    def copies(self):
        """Of shelves, and what else is thrown away."""
        return [path.name for path in self.data_dir.glob("shelves/sqlite/scratch/*/*.sqlite3*")]

    @property
    def folders(self):
        """Those of processes, for their copies."""
        return {path.name for path in self.data_dir.glob("shelves/sqlite/scratch/*")}

    def processes(self):
        """All that have its data folder in their environment, its own, its children and what else it started."""
        mark, found = f"DATA_DIR={self.data_dir}\0".encode(), []
        for environment in Path("/proc").glob("[0-9]*/environ"):
            with suppress(OSError):
                if mark in environment.read_bytes():
                    found.append(int(environment.parent.name))
        return found

    def kill_all(self):
        for pid in self.processes():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=40)
            finally:
                self.kill_all()


def happens(condition, seconds=60):
    """Wait until it does, and return it."""
    for _ in range(seconds * 50):
        if found := condition():
            return found
        time.sleep(0.02)
    return pytest.fail(f"it did not happen in {seconds} s")
