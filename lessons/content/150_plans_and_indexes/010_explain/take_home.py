from django.test import TestCase
from optimized import Visit, run

from library.models import Book


class ExplainTests(TestCase):
    fixtures = ["library"]

    # SQLite's words. PostgreSQL would say Sort, MariaDB Using filesort.
    def test_the_latest_visits_are_not_sorted(self):
        book = Book.objects.earliest("pk")
        visit = Visit.objects.create(book=book, seconds=1, seen_at="2025-01-01 00:00Z")
        self.assertEqual(list(run()), [(visit.pk, book.title)])
        plan = Visit.objects.select_related("book").order_by("-seen_at")[:10].explain()
        self.assertNotIn("USE TEMP B-TREE", plan)
