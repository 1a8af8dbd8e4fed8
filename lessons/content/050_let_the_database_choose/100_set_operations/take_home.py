from django.test import TestCase
from optimized import run

from library.models import Review, Sale


class SetOperationsTests(TestCase):
    fixtures = ["library"]

    def test_equal_rows_are_counted_each(self):
        sales = list(Sale.objects.values_list("customer", "book"))
        reviews = list(Review.objects.values_list("customer", "book"))
        self.assertLess(len(set(sales)), len(sales))  # or the test would prove nothing
        self.assertEqual(
            dict(run()),
            {
                "sales and reviews": len(sales) + len(reviews),
                "sales with a review": sum(sale in reviews for sale in sales),
                "sales without a review": sum(sale not in reviews for sale in sales),
            },
        )
