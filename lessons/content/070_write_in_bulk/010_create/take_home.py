from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from optimized import run

from library.models import Publisher


class CreateTests(TestCase):
    fixtures = ["library"]

    def test_new_rows_are_inserted_at_once(self):
        with CaptureQueriesContext(connection) as captured:
            run()
        kinds = [query["sql"].partition(" ")[0] for query in captured]
        self.assertEqual(kinds.count("INSERT"), Publisher.objects.count())
        self.assertNotIn("UPDATE", kinds)
