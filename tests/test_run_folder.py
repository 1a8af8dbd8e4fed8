"""The folder of a run goes with it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.run_folder import RunFolder

CHILD = """
import sys, time
from tests.run_folder import RunFolder

folder = RunFolder()
print(folder.path, folder.owner.pid, flush=True)
time.sleep(600)
"""


@pytest.fixture
def run():
    """A process that has a folder, its path, and the process number of the folder's owner."""
    child = subprocess.Popen([sys.executable, "-c", CHILD], stdout=subprocess.PIPE, text=True)
    with child:
        path, owner = child.stdout.readline().split()
        yield child, Path(path), int(owner)
        child.kill()


def is_gone(path):
    for _ in range(100):
        if not path.exists():
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_folder_goes_with_a_run_that_is_killed(run, how):
    child, path, _ = run
    (path / "data").mkdir()
    child.send_signal(how)
    assert is_gone(path)


def test_folder_whose_owner_was_killed_goes_with_the_next_run(run):
    _, path, owner = run
    os.kill(owner, signal.SIGKILL)
    other = RunFolder()
    assert is_gone(path)
    assert other.path.exists()
    other.remove()
    assert not other.path.exists()


def test_folder_of_a_run_that_lives_stays(run):
    _, path, _ = run
    RunFolder().remove()
    assert path.exists()
