from django.test import TestCase
from optimized import run


class DebugToolbarTests(TestCase):
    fixtures = ["library"]

    def test_no_similar_queries_and_no_duplicates(self):
        with self.assertNumQueries(2) as captured:  # similar ones: as many as there are books
            list(run())
        statements = [query["sql"] for query in captured]
        self.assertCountEqual(statements, set(statements))
