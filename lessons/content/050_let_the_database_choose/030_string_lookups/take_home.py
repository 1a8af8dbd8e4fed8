from unittest import skipUnless

from django.db import connection
from django.test import TestCase
from optimized import run

from library.models import Book


class StringLookupsTests(TestCase):
    fixtures = ["library"]

    def test_finds_what_begins_with_the_digits(self):
        books = [(book.isbn, book.title) for book in Book.objects.order_by("pk")]
        self.assertEqual(run(), [row for row in books if row[0].startswith("97814000000")])

    @skipUnless(connection.vendor == "sqlite", "A server reads so few rows without an index.")
    def test_uses_the_index(self):
        with self.assertNumQueries(1) as captured:
            run()
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN QUERY PLAN " + captured[0]["sql"])
            self.assertIn("USING INDEX", str(cursor.fetchall()))
