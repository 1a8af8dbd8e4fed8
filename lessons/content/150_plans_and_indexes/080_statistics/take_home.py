from django.db import connection
from django.test import TestCase
from optimized import run
from setup import setup


class StatisticsTests(TestCase):
    def setUp(self):
        setup()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    # PostgreSQL's words.
    def test_goes_by_the_index_that_leads_to_fewer_orders(self):
        with self.assertNumQueries(1) as captured:
            self.assertEqual(len(run()), 10)
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN " + captured[0]["sql"])
            self.assertIn("_branch", str(cursor.fetchall()))
