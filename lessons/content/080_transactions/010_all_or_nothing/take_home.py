from django.test import TestCase
from optimized import run
from setup import FEE, setup

from library.models import Wallet


class AllOrNothingTests(TestCase):
    fixtures = ["library"]

    # In a TestCase, which is one transaction, atomic() is a savepoint: it is rolled back as well.
    def test_if_one_cannot_pay_nobody_has_paid(self):
        setup()
        balances = Wallet.objects.order_by("pk").values_list("customer__name", "balance")
        before = list(balances)
        self.assertTrue(any(balance < FEE for _, balance in before))
        self.assertEqual(run(), before)

    def test_if_all_can_pay_all_have_paid(self):
        Wallet.objects.update(balance=FEE)
        run()
        self.assertFalse(Wallet.objects.exclude(balance=0).exists())
