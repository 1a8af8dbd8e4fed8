"""A folder for one run of the tests. It goes when the run ends, in whatever way.

Run as a program, this is the process that owns it. It prints the folder's path; it waits until its standard input
ends, as it does with the process that has the other end; it removes the folder. Folders of owners that were killed
are removed by the next.
"""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

_PREFIX = f"queryshelf-tests-{os.geteuid()}-"
_MEMORY, _ROOM = Path("/dev/shm"), 4 * 2**30


class RunFolder:
    def __init__(self):
        self.owner = subprocess.Popen(
            [sys.executable, "-I", __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            start_new_session=True,  # the terminal's Ctrl-C is not for it
        )  # fmt: skip
        self.path = Path(self.owner.stdout.readline().strip())

    def remove(self):
        self.owner.communicate()


def own():
    root = _root()
    for folder in root.glob(f"{_PREFIX}*"):
        with suppress(OSError):  # its owner lives
            os.close(_lock(folder))
            shutil.rmtree(folder, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=root))
    _lock(folder)
    folder.chmod(0o755)  # as root, the embedded PostgreSQL runs as another user
    print(folder, flush=True)
    sys.stdin.read()
    _stop_postgres(folder)
    while folder.exists():  # until servers have seen that their folders are gone
        shutil.rmtree(folder, ignore_errors=True)
        time.sleep(0.05)


def _stop_postgres(folder):
    """It leaves shared memory where its folder goes first."""
    for file in folder.glob("*/postgresql/data/postmaster.pid"):
        with suppress(OSError):
            server = int(file.read_text().split()[0])
            os.kill(server, signal.SIGQUIT)
            while file.exists():
                time.sleep(0.02)
                os.kill(server, 0)


def _root():
    """Where nothing waits for a disk, if there is room: nothing of it is kept."""
    in_memory = os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM
    return _MEMORY if in_memory else Path(tempfile.gettempdir())


def _lock(folder):
    """Lock the folder for as long as this process lives. Raises OSError where another one has it."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(opened)
        raise
    return opened


if __name__ == "__main__":
    own()
