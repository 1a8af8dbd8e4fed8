"""Servers of the tests' own: a MariaDB where Debian's mariadb-server (or the like) is installed, a Redis likewise.

`python -m tests.servers <command …>` runs a command with MYSQL_URL naming one that lives as long.
"""

import contextlib
import getpass
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_SECONDS = 60
# Where there is setpriv (Linux), a server ends with the process that started it, however that one ends.
WITH_US = ["setpriv", "--pdeathsig", "TERM"] if shutil.which("setpriv") else []
_HASTY = ["--innodb-flush-log-at-trx-commit=0", "--skip-innodb-doublewrite"]  # nothing of it is kept


class _Server:
    """Listens on a port of 127.0.0.1. Its data are in `folder`, a Path."""

    def __init__(self, folder):
        self.folder = Path(folder)
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            self.port = listener.getsockname()[1]
        self.process = None

    def stop(self):
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=_SECONDS)
            self.process = None

    def kill(self):
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def _run(self, command):
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "log").open("a") as log:
            self.process = subprocess.Popen([*WITH_US, *command], stdout=log, stderr=log)
        self._wait()
        return self

    def _wait(self):
        for _ in range(_SECONDS * 20):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        said = (self.folder / "log").read_text()[-2000:]
        raise RuntimeError(f"{type(self).__name__} does not start: {said}")


class MariaDB(_Server):
    """Has a user root without a password."""

    installed = shutil.which("mariadbd") is not None and shutil.which("mariadb-install-db") is not None

    @property
    def url(self):
        return f"mysql://root@127.0.0.1:{self.port}/queryshelf"

    @property
    def _temporary(self):
        """A folder of its own: as it starts, a MariaDB deletes the temporary tables of others in the same one."""
        folder = self.folder / "tmp"
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def start(self):
        data, user = self.folder / "data", getpass.getuser()
        if not data.exists():
            self._install(data, user)
        options = [
            f"--datadir={data}",
            f"--tmpdir={self._temporary}",
            f"--socket={self.folder / 'socket'}",
            f"--port={self.port}",
            f"--user={user}",
        ]
        return self._run(
            ["mariadbd", "--no-defaults", "--bind-address=127.0.0.1", "--skip-name-resolve", *_HASTY, *options]
        )

    def _install(self, data, user):
        """Again where it fails: beside another one of its kind it does so now and then."""
        self.folder.mkdir(parents=True, exist_ok=True)
        options = ["--no-defaults", f"--datadir={data}", f"--user={user}", "--skip-test-db"]
        options.append(f"--tmpdir={self._temporary}")
        for _ in range(3):
            done = subprocess.run(
                ["mariadb-install-db", *options, "--auth-root-authentication-method=normal"],
                capture_output=True,
                text=True,
            )
            if done.returncode == 0:
                return
            shutil.rmtree(data, ignore_errors=True)
        raise RuntimeError(f"mariadb-install-db fails: {done.stdout}{done.stderr}")


class Redis(_Server):
    """Keeps nothing on disk."""

    installed = shutil.which("redis-server") is not None

    @property
    def url(self):
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self):
        return self._run(["redis-server", "--bind", "127.0.0.1", "--port", str(self.port), "--save", ""])


def main(command):
    """Return the exit code of the command."""
    with tempfile.TemporaryDirectory(prefix="queryshelf-mariadb-") as folder:
        server = MariaDB(folder).start()
        try:
            return subprocess.run(command, env={**os.environ, "MYSQL_URL": server.url}).returncode
        finally:
            server.kill()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
