from datetime import UTC, datetime, timedelta

from django.test import TestCase
from optimized import Visit


class AnIndexTests(TestCase):
    # SQLite's words. PostgreSQL reads a table of few rows whole, whatever its indexes are.
    def test_the_visits_of_a_day_are_found_by_an_index(self):
        day = datetime(2025, 12, 1, tzinfo=UTC)
        visits = Visit.objects.filter(seen_at__gte=day, seen_at__lt=day + timedelta(days=1))
        self.assertIn("USING INDEX", visits.explain())
