from django.db import connection
from django.test import TestCase
from optimized import Account, run


class FunctionalIndexTests(TestCase):
    # SQLite's words.
    def test_an_account_is_found_by_the_index(self):
        account = Account.objects.create(email="Reader.142857@Example.com", name="A reader")
        with self.assertNumQueries(1) as captured:
            self.assertEqual(run(), [(account.pk, account.email)])
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN QUERY PLAN " + captured[0]["sql"])
            self.assertIn("SEARCH", str(cursor.fetchall()))
