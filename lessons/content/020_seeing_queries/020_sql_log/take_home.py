import logging
from contextlib import redirect_stderr
from io import StringIO
from unittest.mock import patch

from django.conf import settings
from django.test import TestCase, override_settings
from django.utils.log import configure_logging
from optimized import DEBUG, LOGGING

from library.models import Book


class SqlLogTests(TestCase):
    def setUp(self):
        # TestCase gives back the rows, not the logging: without this, later tests print SQL.
        self.addCleanup(configure_logging, settings.LOGGING_CONFIG, settings.LOGGING)
        for name in ("root", "django.db.backends"):
            self.enterContext(patch.dict(vars(logging.getLogger(name)), handlers=[]))

    @override_settings(DEBUG=DEBUG)
    def test_the_console_shows_the_sql(self):
        with redirect_stderr(StringIO()) as console:  # assertLogs() would set the level itself
            configure_logging("logging.config.dictConfig", LOGGING)  # as django.setup() does
            Book.objects.first()
        self.assertIn("SELECT", console.getvalue())
