"""The site in one file that a lesson shows and its claims ask."""

import json
import subprocess
import sys

from lessons.catalog import CONTENT

SITE = CONTENT / "010_seeing_queries" / "050_watch_production" / "silk_site.py"


def test_claims_ask_a_whole_site():
    assert ask("pages") == {
        "with the app and the middleware": False,
        "migrated too": False,
        "and with its addresses": True,
    }
    assert ask("queries")["a queryset"] is True


def ask(question):
    command = [sys.executable, "-W", "error", str(SITE), question]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
