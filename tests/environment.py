"""The environment of the tests: a data folder and servers of their own, and nothing of the developer's .env.

A plugin (`-p tests.environment` in pyproject.toml), because pytest-django reads the settings before any conftest.
"""

import os
import shutil
import tempfile
from pathlib import Path

from tests.servers import MariaDB

_MEMORY, _ROOM = Path("/dev/shm"), 4 * 2**30


def _folder():
    """Where nothing waits for a disk, if there is room: nothing of it is kept."""
    in_memory = os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM
    return tempfile.mkdtemp(prefix="queryshelf-tests-", dir=_MEMORY if in_memory else None)


DATA_DIR = _folder()
Path(DATA_DIR).chmod(0o755)  # as root, the embedded PostgreSQL runs as another user
MARIADB = MariaDB(Path(DATA_DIR) / "mariadb") if MariaDB.installed else None

# Real environment variables win over .env.
os.environ.update(
    DEBUG="0", DEBUG_TOOLBAR="0", SECRET_KEY="tests", DATA_DIR=DATA_DIR, STATIC_ROOT=f"{DATA_DIR}/static"
)
os.environ["DATABASE_URL"] = f"sqlite:///{DATA_DIR}/site.sqlite3"
os.environ["POSTGRES_URL"] = ""
os.environ["CACHE_URL"] = "locmemcache://"
os.environ["MYSQL_URL"] = MARIADB.url if MARIADB else ""


def pytest_configure(config):
    only_deals_out_tests = config.getoption("numprocesses", None) and not hasattr(config, "workerinput")
    if MARIADB and not only_deals_out_tests:
        MARIADB.start()


def pytest_unconfigure():
    if MARIADB:
        MARIADB.kill()
    while Path(DATA_DIR).exists():  # until PostgreSQL has seen that its folder is gone
        shutil.rmtree(DATA_DIR, ignore_errors=True)
