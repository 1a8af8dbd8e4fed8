from django.test import TestCase
from optimized import run

from library.models import Book


class TopFiveTests(TestCase):
    fixtures = ["library"]

    def test_fetches_five_rows(self):
        with self.assertNumQueries(1) as captured:
            sold = [number for _, number in run()]
        numbers = [book.sales_count for book in Book.objects.all()]
        self.assertEqual(sold, sorted(numbers, reverse=True)[:5])
        # Without the key at the end, equal books may change places from one page to the next.
        self.assertRegex(captured[0]["sql"], r"sales_count\W DESC, .*id\W ASC LIMIT 5$")
