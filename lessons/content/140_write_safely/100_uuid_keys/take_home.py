from django.test import TestCase
from optimized import run
from setup import Order, setup, uuid7


class UuidKeysTests(TestCase):
    fixtures = ["library"]

    def test_later_keys_are_greater(self):
        keys = [uuid7() for _ in range(1_000)]
        self.assertEqual(keys, sorted(keys))
        self.assertEqual({key.version for key in keys}, {7})

    def test_no_order_is_missed(self):
        setup()
        exported = run()
        self.assertEqual(exported, sorted(Order.objects.values_list("number", flat=True)))
