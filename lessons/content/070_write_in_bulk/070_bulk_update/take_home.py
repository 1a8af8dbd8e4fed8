from decimal import Decimal

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from optimized import run

from library.models import Book


class BulkUpdateTests(TestCase):
    fixtures = ["library"]

    def test_one_update_for_all_books(self):
        with CaptureQueriesContext(connection) as captured:
            run()
        updates = [query for query in captured if query["sql"].startswith("UPDATE")]
        self.assertEqual(len(updates), 1)  # as many as there are batches

    def test_each_book_has_values_of_its_own(self):
        Book.objects.filter(pk__gt=2).delete()
        Book.objects.filter(pk=1).update(price=Decimal("8.20"), stock=0, sales_count=3)
        Book.objects.filter(pk=2).update(price=Decimal("9.00"), stock=5, sales_count=0)
        self.assertEqual(run(), [(Decimal("8.99"), 20, 0), (Decimal("8.99"), 25, 0)])
