"""Ctrl-C in seed_library, whatever it is at: a line, the status 130, and nothing left over."""

import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.faults.sites import environment_of, happens, shelf_name

pytestmark = pytest.mark.soak

STOPPED = "Stopped.\n"
AS_BEFORE = "CommandError: Stopped. Shelves made before are as they were; run this again to make the others.\n"
SIZES = (10, 100, 1_000)


def shelf(folder, books):
    return folder / "shelves" / "sqlite" / shelf_name(books)


def is_copying(folder):
    return [*folder.glob("shelves/sqlite/scratch/*/*.sqlite3")]


MOMENTS = {
    "it begins": lambda folder: (folder / "seeding.lock").exists(),
    "the default database is made": lambda folder: (
        (folder / "seeding.lock").exists() and (folder / "site.sqlite3").stat().st_size
    ),
    "the first shelf is made": is_copying,
    "the second is": lambda folder: shelf(folder, 10).exists() and is_copying(folder),
    "the third is": lambda folder: shelf(folder, 100).exists() and is_copying(folder),
    "the third is there": lambda folder: shelf(folder, 1_000).exists(),
}


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


def seed(folder):
    books = [argument for size in (*SIZES, 20_000) for argument in ("--books", str(size))]
    return subprocess.Popen(
        [sys.executable, "manage.py", "seed_library", "--engine", "sqlite", *books],
        cwd=ROOT,
        env=environment_of(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # who runs the tests may ignore it
    )


def stop(process):
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    return process.returncode, err


@pytest.mark.parametrize("moment", MOMENTS)
def test_shelves_are_as_before_and_nothing_is_left(folder, moment):
    process = seed(folder)
    happens(partial(MOMENTS[moment], folder))
    assert stop(process) == (130, AS_BEFORE)
    made = {size: shelf(folder, size).read_bytes() for size in SIZES if shelf(folder, size).exists()}
    assert not shelf(folder, 20_000).exists()
    assert [*folder.glob("shelves/sqlite/scratch/*")] == []
    assert {path.name for path in folder.iterdir()} <= {"seeding.lock", "site.sqlite3", "shelves"}
    again = seed(folder)
    happens(lambda: is_copying(folder) and all(shelf(folder, size).exists() for size in SIZES))
    assert stop(again) == (130, AS_BEFORE)
    assert {size: shelf(folder, size).read_bytes() for size in made} == made


def test_before_it_has_begun(folder):
    """While Python imports Django. What Python is at before, it says itself."""
    for seconds in (0.2, 0.4, 0.6, 0.8):
        process = seed(folder)
        happens(lambda pid=process.pid: "manage.py" in Path(f"/proc/{pid}/cmdline").read_text())
        time.sleep(seconds)
        assert stop(process) in {(130, STOPPED), (130, AS_BEFORE), (-signal.SIGINT, "")}
