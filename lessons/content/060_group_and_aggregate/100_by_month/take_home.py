from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.test import TestCase
from django.utils import timezone
from optimized import run

from library.models import Sale


class ByMonthTests(TestCase):
    fixtures = ["library"]

    def test_the_database_adds_up(self):
        with self.assertNumQueries(1) as captured:
            list(run())
        self.assertIn("GROUP BY", captured[0]["sql"])

    def test_a_sale_counts_in_the_month_of_the_shop(self):
        late = datetime(2026, 1, 31, 22, tzinfo=UTC)  # in Kolkata it is February
        Sale.objects.update(sold_at=late, quantity=1)
        with timezone.override(ZoneInfo("Asia/Kolkata")):
            self.assertEqual(list(run()), [("2026-02", Sale.objects.count())])
