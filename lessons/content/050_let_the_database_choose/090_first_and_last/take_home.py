from django.test import TestCase
from optimized import run

from library.models import Sale


class FirstAndLastTests(TestCase):
    fixtures = ["library"]

    def test_the_dates_of_the_first_and_the_last_sale(self):
        dates = [sale.sold_at for sale in Sale.objects.order_by("pk")]
        self.assertNotEqual(dates, sorted(dates))  # rows in the order of their dates hide the bug
        self.assertEqual(dict(run()), {"from": min(dates), "to": max(dates)})
