from django.test import TestCase
from optimized import pick

from library.models import Book


class RandomRowTests(TestCase):
    fixtures = ["library"]

    def test_the_database_shuffles_nothing(self):
        with self.assertNumQueries(2) as captured:  # for the highest key, and for the books
            self.assertTrue(pick().is_published)
        self.assertNotIn("ORDER BY", captured[1]["sql"])

    def test_gaps_between_the_keys_do_no_harm(self):
        kept = Book.objects.filter(is_published=True).order_by("-pk")[:6]
        Book.objects.exclude(pk__in=[book.pk for book in kept]).delete()
        self.assertGreater(len({pick().pk for _ in range(50)}), 1)
