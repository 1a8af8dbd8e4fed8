"""The environment of the tests: a data folder and servers of their own, and nothing of the developer's .env.

A plugin (`-p tests.environment` in pyproject.toml), because pytest-django reads the settings before any conftest.
With xdist, all workers are in one folder, where each has its data, and share the static files.
"""

import os
from pathlib import Path

from tests.run_folder import RunFolder
from tests.servers import MariaDB

_RUN = "QUERYSHELF_TESTS"  # the folder, for the workers

OWN = None if _RUN in os.environ else RunFolder()
FOLDER = OWN.path if OWN else Path(os.environ[_RUN])
DATA_DIR = FOLDER / os.environ.get("PYTEST_XDIST_WORKER", "data")
STATIC_ROOT = FOLDER / "static"
MARIADB = MariaDB(DATA_DIR / "mariadb") if MariaDB.installed else None  # a fixture starts it

# Real environment variables win over .env.
os.environ[_RUN] = str(FOLDER)
os.environ.update(
    DEBUG="0",
    DEBUG_TOOLBAR="0",
    ADMIN="0",
    SECRET_KEY="tests",
    DATA_DIR=str(DATA_DIR),
    STATIC_ROOT=str(STATIC_ROOT),
)
os.environ["DATABASE_URL"] = f"sqlite:///{DATA_DIR}/site.sqlite3"
os.environ["POSTGRES_URL"] = ""
os.environ["CACHE_URL"] = "locmemcache://"
os.environ.update(LOG_FORMAT="text", METRICS="0")
os.environ["PUBLIC_URL"] = ""
os.environ["MYSQL_URL"] = MARIADB.url if MARIADB else ""


def pytest_unconfigure():
    if MARIADB:
        MARIADB.kill()
    if OWN:
        OWN.remove()
