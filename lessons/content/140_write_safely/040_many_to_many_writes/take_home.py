from catalogue import shelved
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from optimized import run

from library.models import Book


class ManyToManyWritesTests(TestCase):
    fixtures = ["library"]

    def test_one_delete_and_one_insert_for_all_books(self):
        with CaptureQueriesContext(connection) as captured:
            run()
        kinds = [query["sql"].partition(" ")[0] for query in captured]
        self.assertLessEqual(kinds.count("DELETE"), 1)
        self.assertLessEqual(kinds.count("INSERT"), 1)

    def test_each_book_has_the_genres_of_the_list(self):
        run()
        for book, genres in shelved():
            self.assertCountEqual(Book.objects.get(pk=book.pk).genres.all(), genres)
