from django.test import TestCase
from optimized import run


class ExistsTests(TestCase):
    fixtures = ["library"]

    def test_yes_or_no_fetches_one_row_at_most(self):
        with self.assertNumQueries(4) as captured:  # five, if exists() came before a loop
            list(run())
        *yes_or_no, announced = captured
        for query in yes_or_no:
            self.assertIn("LIMIT 1", query["sql"])
        self.assertNotIn("LIMIT", announced["sql"])
