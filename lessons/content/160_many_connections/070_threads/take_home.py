from django.test import TransactionTestCase
from optimized import run

from library.models import Book


class ThreadsTests(TransactionTestCase):
    fixtures = ["library"]

    def test_a_job_that_fails_changes_no_price(self):
        before = dict(Book.objects.values_list("title", "price"))
        rows = list(run())
        self.assertEqual(len(rows), 8)
        self.assertEqual([(title, before[title]) for title, _ in rows], rows)
