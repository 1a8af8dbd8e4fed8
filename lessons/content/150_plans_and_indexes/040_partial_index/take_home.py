from django.test import TestCase
from optimized import Order, run


class PartialIndexTests(TestCase):
    # SQLite's words.
    def test_the_open_orders_are_found_by_the_index_of_open_orders(self):
        Order.objects.create(warehouse=7, placed_at="2025-01-01 00:00Z", shipped_at="2025-01-02 00:00Z", amount=1)
        order = Order.objects.create(warehouse=7, placed_at="2025-01-01 00:00Z", amount=1)
        self.assertEqual(run(), [(order.pk, order.amount)])
        orders = Order.objects.filter(warehouse=7)
        self.assertIn("INDEX order_open", orders.filter(shipped_at__isnull=True).explain())
        self.assertNotIn("INDEX", orders.explain())
