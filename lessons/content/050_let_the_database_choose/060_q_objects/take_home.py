from django.test import TestCase
from optimized import run

from library.models import Book


class QObjectsTests(TestCase):
    fixtures = ["library"]

    def test_one_query_and_a_book_that_meets_both_conditions_once(self):
        Book.objects.filter(pk=1).update(stock=0, is_published=False)
        with self.assertNumQueries(1):
            books = run()
        self.assertEqual([pk for pk, _ in books].count(1), 1)
