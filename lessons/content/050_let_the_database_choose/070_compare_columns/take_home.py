from django.test import TestCase
from optimized import run

from library.models import Book


class CompareColumnsTests(TestCase):
    fixtures = ["library"]

    def setUp(self):
        self.low, self.just_enough = Book.objects.order_by("pk")[:2]
        Book.objects.update(stock=100, sales_count=10)
        Book.objects.filter(pk=self.low.pk).update(stock=99)

    def test_fetches_the_books_of_which_there_are_too_few(self):
        with self.assertNumQueries(1) as captured:
            self.assertEqual(list(run()), [(self.low.title, 99, 10)])
        self.assertIn("WHERE", captured[0]["sql"])
