from django.test import TestCase
from optimized import run

from library.models import Book


class CountTests(TestCase):
    fixtures = ["library"]

    def test_the_database_counts_what_is_not_shown(self):
        with self.assertNumQueries(2) as captured:  # the announced books are not counted apart
            first_line, *titles = run()
        self.assertIn("COUNT(*)", captured[0]["sql"])
        in_print = Book.objects.count() - len(titles)
        self.assertEqual(first_line, f"{in_print} titles in print, {len(titles)} announced")
