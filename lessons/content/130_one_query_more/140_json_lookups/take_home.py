from django.test import TestCase
from optimized import run
from setup import Event

from library.models import Sale


class JSONLookupsTests(TestCase):
    fixtures = ["library"]

    def test_the_database_looks_into_the_documents(self):
        sale = Sale.objects.earliest("pk")
        for status, attempts in (("failed", 2), ("failed", 1), ("paid", 3)):
            customer = {"email": f"{status}@example.com", "attempts": attempts}
            Event.objects.create(sale=sale, payload={"status": status, "customer": customer})
        with self.assertNumQueries(1) as captured:
            self.assertEqual(list(run()), [(sale.pk, "failed@example.com")])
        self.assertIn("WHERE", captured[0]["sql"])
