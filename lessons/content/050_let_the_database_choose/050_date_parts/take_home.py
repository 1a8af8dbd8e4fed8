from datetime import datetime, timedelta
from unittest import skipUnless

from django.db import connection
from django.test import TestCase
from django.utils.timezone import make_aware
from optimized import run

from library.models import Sale


class DatePartsTests(TestCase):
    fixtures = ["library"]

    def test_from_midnight_to_the_last_moment_before_the_next(self):
        midnight = make_aware(datetime(2025, 11, 24))
        day, moment = timedelta(days=1), timedelta(microseconds=1)
        times = [midnight - moment, midnight, midnight + day - moment, midnight + day]
        Sale.objects.filter(pk__gt=len(times)).delete()
        for pk, sold_at in enumerate(times, start=1):
            Sale.objects.filter(pk=pk).update(sold_at=sold_at)
        self.assertEqual([pk for pk, _ in run()], [2, 3])

    @skipUnless(connection.vendor == "sqlite", "A server reads so few rows without an index.")
    def test_uses_the_index(self):
        with connection.cursor() as cursor:
            # In a project, Meta.indexes has it.
            cursor.execute("CREATE INDEX sale_sold_at ON library_sale (sold_at)")
            with self.assertNumQueries(1) as captured:
                run()
            cursor.execute("EXPLAIN QUERY PLAN " + captured[0]["sql"])
            self.assertIn("USING INDEX sale_sold_at", str(cursor.fetchall()))
