"""The site in one file that a lesson shows and its claims ask."""

import json
import subprocess
import sys

import pytest


@pytest.fixture
def ask(shown_files, tmp_path):
    site = tmp_path / "silk_site.py"
    site.write_text(shown_files["silk_site.py"], encoding="utf-8")

    def ask(question):
        command = [sys.executable, "-W", "error", str(site), question]
        done = subprocess.run(command, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return ask


def test_claims_ask_a_whole_site(shown_files, ask):
    assert ask("pages") == {
        "with the app and the middleware": False,
        "migrated too": False,
        "and with its addresses": True,
    }
    assert ask("queries")["a queryset"] is True
