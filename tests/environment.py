"""The environment of the tests: a data folder of their own, and nothing of the developer's .env.

A plugin (`-p tests.environment` in pyproject.toml), because pytest-django reads the settings before any conftest.
"""

import os
import shutil
import tempfile

DATA_DIR = tempfile.mkdtemp(prefix="queryshelf-tests-")
# Real environment variables win over .env.
os.environ.update(
    DEBUG="0", DEBUG_TOOLBAR="0", SECRET_KEY="tests", DATA_DIR=DATA_DIR, STATIC_ROOT=f"{DATA_DIR}/static"
)
os.environ["DATABASE_URL"] = f"sqlite:///{DATA_DIR}/site.sqlite3"


def pytest_unconfigure():
    shutil.rmtree(DATA_DIR, ignore_errors=True)
