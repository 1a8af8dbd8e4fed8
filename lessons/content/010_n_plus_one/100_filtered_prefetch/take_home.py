from django.test import TestCase
from optimized import run

from library.models import Book


class FilteredPrefetchTests(TestCase):
    fixtures = ["library"]

    def test_two_queries_and_no_book_that_is_not_published(self):
        with self.assertNumQueries(2):  # for the authors, and for the books of them all
            found = [title for _, titles in run() for title in titles]
        published = [book.title for book in Book.objects.all() if book.is_published]
        self.assertCountEqual(found, published)
