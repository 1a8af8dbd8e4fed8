"""Runs the tests of each app of the scratch project in a process of its own, and prints what came of each as JSON.

As apps of one project do not, the tests must not meet one another's models.
"""

import json
import os
import sys
import tempfile
import traceback
from contextlib import redirect_stderr, redirect_stdout

import django
from django.conf import settings
from django.db import connections
from django.test.utils import get_runner


def main(apps):
    django.setup()
    runner_of = get_runner(settings)
    runner = runner_of(verbosity=0, interactive=False, keepdb=True)
    runner.setup_databases()
    print(json.dumps({app: _in_a_process(runner_of, app) for app in apps}))


def _in_a_process(runner_of, app):
    """Return what unittest printed, or "" where all tests passed."""
    connections.close_all()
    with tempfile.TemporaryFile("w+") as output:
        if not (pid := os.fork()):
            _run(runner_of, app, output)
        _, status = os.waitpid(pid, 0)
        output.seek(0)
        return output.read() or f"ended with {status}" if status else ""


def _run(runner_of, app, output):
    status = 1
    try:
        with redirect_stdout(output), redirect_stderr(output):
            runner = runner_of(verbosity=1, interactive=False, keepdb=True)
            status = min(runner.run_tests([f"{app}.tests"]), 1)
    except BaseException:
        traceback.print_exc(file=output)
    finally:
        output.flush()
        os._exit(status)


if __name__ == "__main__":
    main(sys.argv[1:])
