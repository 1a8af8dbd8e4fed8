from django.test import TestCase
from optimized import run

from library.models import Book


class CaseWhenTests(TestCase):
    fixtures = ["library"]

    def test_stock_at_the_limits(self):
        Book.objects.filter(pk__gt=4).delete()
        for pk, stock in enumerate([0, 1, 19, 20], start=1):
            Book.objects.filter(pk=pk).update(stock=stock)
        self.assertEqual(dict(run()), {"sold out": 1, "few left": 2, "in stock": 1})

    def test_the_database_classifies(self):
        with self.assertNumQueries(1) as captured:
            list(run())
        self.assertIn("CASE WHEN", captured[0]["sql"])
        self.assertIn("GROUP BY", captured[0]["sql"])
