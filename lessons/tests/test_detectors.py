"""The files that the lesson on detectors shows do what it says they do."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings


def _run(*command, **environment):
    return subprocess.run(
        [sys.executable, "-W", "error", *command],
        cwd=settings.BASE_DIR,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
    )


def test_claims_ask_what_debug_sql_prints(shown_files, tmp_path):
    site = tmp_path / "debug_sql_site.py"
    site.write_text(shown_files["debug_sql_site.py"], encoding="utf-8")
    done = _run(str(site))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "of a test that fails": True,
        "of a test that passes": False,
        "of a test that passes, with `--verbosity 2`": True,
        "of `setUpTestData()`": False,
    }


@pytest.mark.parametrize(
    ("mend", "outcome"),
    [
        ('.select_related("author")', "1 passed"),
        ('.prefetch_related("author")', "1 passed"),
        (".all()", "Expected to perform 3 queries but 7 were done"),
    ],
)
def test_pages_are_compared_at_two_sizes(shown_files, tmp_path, mend, outcome):
    text = shown_files["test_pages.py.txt"]
    (tmp_path / "test_pages.py").write_text(text.replace('.select_related("author")', mend), encoding="utf-8")
    options = ("-p", "no:cacheprovider", "-c", os.devnull, "--rootdir", str(tmp_path))
    environment = {"DATABASE_URL": "sqlite://:memory:", "DJANGO_SETTINGS_MODULE": "config.settings"}
    done = _run("-m", "pytest", *options, str(tmp_path / "test_pages.py"), **environment)
    assert outcome in done.stdout, done.stdout + done.stderr
