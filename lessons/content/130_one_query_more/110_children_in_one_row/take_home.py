from django.test import TestCase
from optimized import run

from library.models import Book


class ChildrenInOneRowTests(TestCase):
    fixtures = ["library"]

    def test_one_query_lists_all_genres_of_each_book(self):
        with self.assertNumQueries(1):
            rows = list(run())
        books = Book.objects.order_by("pk")
        self.assertEqual(
            rows, [(book.title, sorted(book.genres.values_list("name", flat=True))) for book in books]
        )
