from datetime import UTC, datetime
from decimal import Decimal

from django.test import TestCase
from optimized import Payment


class CompositeIndexTests(TestCase):
    # In its plan SQLite names the conditions that the index serves. It checks others row by row.
    def test_the_index_serves_both_conditions(self):
        since = datetime(2024, 7, 1, tzinfo=UTC)
        payments = Payment.objects.filter(amount=Decimal("9.99"), paid_at__gte=since)
        self.assertIn("(amount=? AND paid_at>?)", payments.explain())
