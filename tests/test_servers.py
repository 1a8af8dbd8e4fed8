"""Servers that the tests start do not outlive them, and leave each other alone."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.servers import MariaDB, Redis

CHILD = """
import sys, time
from tests.servers import MariaDB, Redis

print(Redis(sys.argv[1]).start().process.pid, flush=True)
time.sleep(600)
"""


def is_running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"  # that waits for its parent


@pytest.mark.skipif(not shutil.which("setpriv"), reason="There is no setpriv here.")
@pytest.mark.skipif(not Redis.installed, reason="There is no Redis here.")
def test_server_ends_with_the_process_that_started_it(tmp_path):
    child = subprocess.Popen([sys.executable, "-c", CHILD, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    with child:
        server = int(child.stdout.readline())
        assert is_running(server)
        child.send_signal(signal.SIGKILL)
    for _ in range(100):
        if not is_running(server):
            break
        time.sleep(0.1)
    assert not is_running(server)


@pytest.mark.skipif(not MariaDB.installed, reason="There is no MariaDB here.")
def test_mariadb_that_starts_leaves_temporary_tables_of_others(tmp_path, monkeypatch):
    started = []
    monkeypatch.setattr(MariaDB, "_run", lambda self, command: started.append(command))
    for name in ("one", "other"):
        MariaDB(tmp_path / name).start()
    folders = [next(word for word in command if word.startswith("--tmpdir=")) for command in started]
    assert folders == [f"--tmpdir={tmp_path / name / 'tmp'}" for name in ("one", "other")]
