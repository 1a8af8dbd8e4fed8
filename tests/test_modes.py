"""Who may read what lies in the data folder: its owner, and where a folder is the user's own it stays as it was."""

import os
import stat
import subprocess
import sys

import pytest

from tests.conftest import ROOT


@pytest.fixture
def data_dir(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)
    return folder


def manage(data_dir, *command):
    """As a user whose files are for everybody."""
    environment = {**os.environ, "DATA_DIR": str(data_dir), "DATABASE_URL": f"sqlite:///{data_dir}/site.sqlite3"}
    command = ["sh", "-c", 'umask 022; exec "$@"', "sh", sys.executable, "manage.py", *command, "--verbosity=0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_default_database_is_for_its_owner(data_dir):
    manage(data_dir, "migrate")
    assert mode(data_dir / "site.sqlite3") == 0o600
    assert (data_dir / "site.sqlite3").stat().st_size > 0
    assert mode(data_dir) == 0o755


def test_default_database_of_before_is_closed(data_dir):
    old = data_dir / "site.sqlite3"
    old.touch()
    old.chmod(0o644)
    manage(data_dir, "check")
    assert mode(old) == 0o600


def test_database_elsewhere_is_left_alone(data_dir, tmp_path):
    ours = tmp_path / "mine.sqlite3"
    ours.touch()
    ours.chmod(0o644)
    environment = {**os.environ, "DATA_DIR": str(data_dir), "DATABASE_URL": f"sqlite:///{ours}"}
    subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=ROOT, env=environment, check=True, capture_output=True
    )
    assert mode(ours) == 0o644


def test_shelf_is_for_its_owner(shelf):
    assert mode(shelf.engine._path(10)) == 0o600
