from django.test import TestCase
from optimized import catalogue_joined, queries_of

from library.models import Book


class CountThemTests(TestCase):
    fixtures = ["library"]

    def test_counts_while_debug_is_off(self):  # as it is in tests, whatever settings.py says
        self.assertEqual(queries_of(Book.objects.first), 1)

    def test_more_books_cost_no_more_queries(self):
        with_ten = queries_of(catalogue_joined)
        Book.objects.exclude(pk=1).delete()
        with_one = queries_of(catalogue_joined)
        self.assertEqual((with_one, with_ten), (1, 1))
