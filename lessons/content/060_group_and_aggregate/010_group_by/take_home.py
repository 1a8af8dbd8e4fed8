from collections import Counter

from django.test import TestCase
from optimized import run

from library.models import Sale


class GroupByTests(TestCase):
    fixtures = ["library"]

    # The sum of all lines is right even where a country has several: compare each line.
    def test_each_country_has_one_line(self):
        sold = Counter()
        for sale in Sale.objects.select_related("customer__country"):
            sold[sale.customer.country.name] += sale.quantity
        self.assertEqual(run(), sorted(sold.items()))
