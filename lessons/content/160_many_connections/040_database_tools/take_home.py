from collections import Counter

from django.db import connection
from django.test import TestCase
from optimized import Visit, run


class DatabaseToolsTests(TestCase):
    # SQLite's words.
    def test_the_statement_that_runs_most_often_has_an_index(self):
        Visit.objects.create(reader=7, page=1, seconds=30)
        with self.assertNumQueries(51) as captured:
            self.assertIn((7, 30), list(run()))
        runs = Counter(query["sql"].partition("WHERE")[0] for query in captured)
        (most_often, calls), *_ = runs.most_common(1)
        self.assertEqual(calls, 50)
        one_of_them = next(query["sql"] for query in captured if query["sql"].startswith(most_often))
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN QUERY PLAN " + one_of_them)
            self.assertIn("USING INDEX", str(cursor.fetchall()))
