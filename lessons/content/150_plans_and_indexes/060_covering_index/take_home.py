from django.db import connection
from django.test import TestCase
from optimized import Line, run


class CoveringIndexTests(TestCase):
    # SQLite's words; PostgreSQL says Index Only Scan, MariaDB says Using index.
    def test_the_totals_come_from_the_index_alone(self):
        for product in range(1, 11):
            Line.objects.create(product=product, amount=product, note="")
        with self.assertNumQueries(10) as captured:
            self.assertEqual(list(run()), [(product, product) for product in range(1, 11)])
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN QUERY PLAN " + captured[0]["sql"])
            self.assertIn("USING COVERING INDEX", str(cursor.fetchall()))
