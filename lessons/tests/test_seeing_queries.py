"""The files that the track on seeing queries shows do what its lessons say they do."""

import os
import subprocess
import sys

import pytest
from django.conf import settings


def run(*command, typed="", cwd=settings.BASE_DIR, **environment):
    return subprocess.run(
        [sys.executable, *command],
        cwd=cwd,
        env={**os.environ, **environment},
        input=typed,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize(
    ("mend", "outcome"),
    [
        (".select_related", "OK"),
        (".all().prefetch_related", "2 queries executed, 1 expected\nCaptured queries were:"),
    ],
)
def test_catalogue_is_kept_at_one_query(shown_files, tmp_path, mend, outcome):
    text = shown_files["test_catalogue.py.txt"]
    (tmp_path / "test_catalogue.py").write_text(text.replace(".select_related", mend), encoding="utf-8")
    done = run("manage.py", "test", str(tmp_path), DATABASE_URL="sqlite://:memory:")
    assert outcome in done.stderr
    assert "Ran 1 test" in done.stderr
