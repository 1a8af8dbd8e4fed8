from django.test import TestCase
from optimized import run

from library.models import Book


class ValuesAcrossRelationsTests(TestCase):
    fixtures = ["library"]

    def test_one_query_for_the_columns_of_the_feed(self):
        with self.assertNumQueries(1) as captured:
            feed = list(run())
        columns, _, _ = captured[0]["sql"].partition(" FROM ")
        self.assertEqual(columns.count(",") + 1, len(feed[0]), columns)

    def test_a_book_without_an_editor_is_in_the_feed(self):  # an INNER JOIN would drop it
        book = Book.objects.filter(editor=None).first()
        row = {"title": book.title, "author_name": book.author.name, "editor_name": None}
        self.assertIn(row, run())
