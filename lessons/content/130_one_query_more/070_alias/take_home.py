from django.db.models import Sum
from django.test import TestCase
from optimized import run

from library.models import Customer


class AliasTests(TestCase):
    fixtures = ["library"]

    def test_adds_up_the_sales_once(self):
        with self.assertNumQueries(1) as captured:
            found = list(run())
        customers = Customer.objects.order_by("pk")
        spent = [(customer, customer.sales.aggregate(total=Sum("amount"))["total"]) for customer in customers]
        self.assertEqual(found, [(who.name, who.email) for who, total in spent if total and total >= 50])
        self.assertEqual(captured[0]["sql"].count("SUM("), 1)
