from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from optimized import run

from library.models import Book


class BulkCreateTests(TestCase):
    fixtures = ["library"]

    def test_one_insert_for_all_rows(self):
        books = Book.objects.count()
        with CaptureQueriesContext(connection) as captured:
            paperbacks = run()
        self.assertEqual(len(paperbacks), books)
        inserts = [query for query in captured if query["sql"].startswith("INSERT")]
        self.assertEqual(len(inserts), 1)  # as many as there are batches
