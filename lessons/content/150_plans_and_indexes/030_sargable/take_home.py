from datetime import timedelta

from django.test import TestCase
from optimized import run
from setup import TODAY, Invoice, setup


class SargableTests(TestCase):
    def setUp(self):
        setup()

    def test_finds_what_falls_due_today(self):
        first = Invoice.objects.get(issued_at=TODAY - timedelta(days=14))
        next_first = Invoice.objects.get(issued_at=TODAY - timedelta(days=13))
        self.assertEqual(run()[0][0], first.number)
        self.assertEqual(len(run()), next_first.pk - first.pk)

    def test_compares_the_column_itself(self):
        with self.assertNumQueries(1) as captured:
            run()
        column = f'"{Invoice._meta.db_table}"."issued_at"'
        self.assertIn(f"{column} >= ", captured[0]["sql"])
