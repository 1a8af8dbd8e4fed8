from django.test import TestCase
from optimized import run


class MeasureFirstTests(TestCase):
    fixtures = ["library"]

    def test_fetches_what_it_prints_and_nothing_else(self):
        with self.assertNumQueries(1) as captured:
            rows = run()
        columns, _, _ = captured[0]["sql"].partition(" FROM ")
        self.assertEqual(columns.count(",") + 1, len(rows[0]), columns)
