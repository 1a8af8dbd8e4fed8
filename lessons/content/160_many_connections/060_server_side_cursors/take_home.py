from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from optimized import run

from library.models import Book


class ChunkTests(TestCase):
    fixtures = ["library"]

    def test_no_query_reads_the_whole_table(self):
        with CaptureQueriesContext(connection) as captured:
            rows = list(run())
        self.assertEqual(len(rows), Book.objects.count())
        for query in captured:
            self.assertIn("LIMIT", query["sql"])
