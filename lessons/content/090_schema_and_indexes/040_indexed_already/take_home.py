from django.db import connection
from django.test import TestCase
from optimized import run

from library.models import Book


class IndexedAlreadyTests(TestCase):
    def test_a_unique_column_has_an_index(self):
        columns = [field.column for field in Book._meta.concrete_fields if field.unique]
        self.assertTrue(columns)
        self.assertFalse(set(columns) & set(run()))

    def test_an_index_made_by_hand_counts(self):
        self.assertIn("pages", run())
        with connection.cursor() as cursor:
            cursor.execute("CREATE INDEX by_hand ON library_book (pages)")
        self.assertNotIn("pages", run())
