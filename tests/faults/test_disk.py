"""A disk that is full, or may only be read."""

import shutil
import subprocess
import sys

import pytest

from tests.conftest import ROOT
from tests.faults.conftest import fill
from tests.faults.sites import READS, WRITES, environment_of

pytestmark = pytest.mark.soak

RACE = "/lessons/transactions/wallet_transfer/naive/?engine=sqlite"
FULL = "The disk of the machine that this site runs on is full."
FORBIDDEN = "This site may not read or write its own files."
READING = [
    "/",
    "/glossary/",
    "/lessons/n_plus_one/",
    "/lessons/n_plus_one/forward_foreign_key/?engine=sqlite",
    "/status/",
]


class Disk:
    """A small file system in memory."""

    def __init__(self, folder):
        self.folder = folder

    def mount(self, options):
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, "tmpfs", self.folder], capture_output=True, text=True
        )
        if done.returncode:
            pytest.skip(f"Mounting is not allowed here: {done.stderr.strip()}")

    def remount(self, options):
        subprocess.run(["mount", "-o", f"remount,{options}", self.folder], check=True)

    def fill(self):
        """Leave no room."""
        with (self.folder / "filling").open("wb") as filling:
            try:
                while True:
                    filling.write(b"\0" * 65_536)
                    filling.flush()
            except OSError:
                pass

    def free(self):
        (self.folder / "filling").unlink()


@pytest.fixture
def disk(tmp_path):
    if not shutil.which("mount"):
        pytest.skip("There is no program to mount with.")
    folder = tmp_path / "disk"
    folder.mkdir()
    made = Disk(folder)
    made.mount("size=16m")
    yield made
    subprocess.run(["umount", "--lazy", folder], check=True)


@pytest.fixture
def data(disk, shelves, settings):
    """A data folder on that disk."""
    folder = disk.folder / "data"
    fill(folder, settings.DATA_DIR)
    return folder


def seed(folder, *arguments):
    return subprocess.run(
        [sys.executable, "manage.py", "seed_library", "--engine", "sqlite", *arguments],
        cwd=ROOT,
        env=environment_of(folder),
        capture_output=True,
        text=True,
    )


def files(folder):
    return {path: path.read_bytes() for path in folder.rglob("*.sqlite3") if path.name != "site.sqlite3"}


def test_full_while_a_lesson_copies_a_shelf(disk, data, make_site):
    site = make_site(data).start()
    disk.fill()
    for page in (WRITES, RACE):
        answer = site.get(page)
        assert (answer.status, FULL in answer.text) == (503, True)
        assert answer.headers["Retry-After"]
    for page in (READS, *READING):
        assert site.get(page).status == 200
    assert site.copies == []
    disk.free()
    for page in (WRITES, RACE):
        assert site.get(page).status == 200
    assert len([each for each in site.said.splitlines() if FULL in each]) >= 2


def test_full_while_seeding(disk, data):
    assert seed(data, "--books", "10").returncode == 0  # the default database, too
    before = files(data)
    disk.fill()
    told = seed(data, "--books", "5000")
    assert (told.returncode, told.stderr.count("\n")) == (1, 1)
    assert "The disk is full" in told.stderr
    assert "Free some space, or set DATA_DIR to a folder on another disk" in told.stderr
    assert files(data) == before
    disk.free()
    assert seed(data, "--books", "5000").returncode == 0
    assert len(files(data)) == len(before) + 1


def test_full_from_the_beginning(disk, tmp_path):
    disk.fill()
    told = seed(disk.folder / "data", "--books", "10")
    assert (told.returncode, told.stderr.count("\n")) == (1, 1)
    assert "The disk is full" in told.stderr
    disk.free()
    assert seed(disk.folder / "data", "--books", "10").returncode == 0


def test_read_only(disk, data, make_site):
    disk.remount("ro")
    site = make_site(data).start()
    for page in (READS, *READING):
        assert site.get(page).status == 200
    for page in (WRITES, RACE):
        answer = site.get(page)
        assert (answer.status, FORBIDDEN in answer.text) == (503, True)
    told = seed(data, "--books", "10")
    assert (told.returncode, told.stderr.count("\n")) == (1, 1)
    assert f"{data} cannot be written to" in told.stderr
    disk.remount("rw")
    for page in (WRITES, RACE):
        assert site.get(page).status == 200
