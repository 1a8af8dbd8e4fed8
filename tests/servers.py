"""A MariaDB of the tests' own, where Debian's mariadb-server (or the like) is installed.

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
_HASTY = ["--innodb-flush-log-at-trx-commit=0", "--skip-innodb-doublewrite"]  # nothing of it is kept


class MariaDB:
    """Listens on 127.0.0.1, with one user and no password. Its data are in `folder`, a Path."""

    installed = shutil.which("mariadbd") is not None and shutil.which("mariadb-install-db") is not None

    def __init__(self, folder):
        self.folder = Path(folder)
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            self.port = listener.getsockname()[1]
        self.process = None

    @property
    def url(self):
        return f"mysql://{getpass.getuser()}@127.0.0.1:{self.port}/queryshelf"

    def start(self):
        data, user = self.folder / "data", getpass.getuser()
        if not data.exists():
            install = ["mariadb-install-db", "--no-defaults", f"--datadir={data}", f"--user={user}"]
            self.folder.mkdir(parents=True, exist_ok=True)
            subprocess.run(
                [*install, "--auth-root-authentication-method=normal", "--skip-test-db"],
                check=True,
                capture_output=True,
            )
        options = [
            f"--datadir={data}",
            f"--socket={self.folder / 'socket'}",
            f"--port={self.port}",
            f"--user={user}",
        ]
        with (self.folder / "log").open("a") as log:
            self.process = subprocess.Popen(
                [
                    "mariadbd",
                    "--no-defaults",
                    "--bind-address=127.0.0.1",
                    "--skip-grant-tables",
                    *_HASTY,
                    *options,
                ],
                stdout=log,
                stderr=log,
            )
        self._wait()
        return self

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

    def _wait(self):
        for _ in range(_SECONDS * 20):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise RuntimeError(f"MariaDB does not start: {(self.folder / 'log').read_text()[-2000:]}")


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
