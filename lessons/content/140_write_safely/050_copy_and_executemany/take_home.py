from unittest.mock import patch

from django.db.backends.utils import CursorWrapper
from django.test import TestCase
from market import quotes
from optimized import run


class ExecutemanyTests(TestCase):
    fixtures = ["library"]

    def test_all_lines_in_one_call(self):
        expected = sorted(quotes())
        with patch.object(
            CursorWrapper, "executemany", autospec=True, side_effect=CursorWrapper.executemany
        ) as sent:
            stored = run()
        self.assertEqual(sent.call_count, 1)
        self.assertEqual(stored, expected)
