from decimal import Decimal

from django.test import TestCase
from optimized import run

from library.models import Book


class SummaryNumbersTests(TestCase):
    fixtures = ["library"]

    def test_one_row_is_fetched(self):
        with self.assertNumQueries(1) as captured:
            list(run())
        self.assertIn("COUNT(*)", captured[0]["sql"])
        self.assertNotIn("description", captured[0]["sql"])

    def test_the_cheapest_and_the_dearest(self):
        Book.objects.update(price=10)
        Book.objects.filter(pk=1).update(price=Decimal("9.99"))
        Book.objects.filter(pk=2).update(price=Decimal("10.01"))
        numbers = dict(run())
        self.assertEqual(numbers["Titles"], Book.objects.count())
        self.assertEqual(numbers["Cheapest"], Decimal("9.99"))
        self.assertEqual(numbers["Dearest"], Decimal("10.01"))
