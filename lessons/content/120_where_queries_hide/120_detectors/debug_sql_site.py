"""A site with two tests, in one file. It answers with JSON which queries `manage.py test --debug-sql` prints."""

import contextlib
import io
import json
import sys
import unittest

import django
from django.conf import settings
from django.db import connection
from django.test import TestCase
from django.test.runner import DiscoverRunner

settings.configure(DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}})
django.setup()


def ask(what):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT '{what}'")


class Tests(TestCase):
    @classmethod
    def setUpTestData(cls):
        ask("before the test")

    def test_passing(self):
        ask("passing")

    def test_failing(self):
        ask("failing")
        self.fail()


def printed(verbosity):
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()) as output:
        runner = DiscoverRunner(debug_sql=True, verbosity=verbosity)
        databases = runner.setup_databases()
        result = runner.run_suite(unittest.defaultTestLoader.loadTestsFromTestCase(Tests))
        runner.teardown_databases(databases)
    assert len(result.failures) == 1
    return output.getvalue()


if __name__ == "__main__":
    usual, verbose = printed(1), printed(2)
    json.dump(
        {
            "of a test that fails": "'failing'" in usual,
            "of a test that passes": "'passing'" in usual,
            "of a test that passes, with `--verbosity 2`": "'passing'" in verbose,
            "of `setUpTestData()`": "'before the test'" in usual,
        },
        sys.stdout,
    )
