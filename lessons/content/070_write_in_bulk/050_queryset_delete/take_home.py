from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from optimized import run

from library.models import Author, Book


class QuerysetDeleteTests(TestCase):
    fixtures = ["library"]

    def test_one_cascade_for_all_authors(self):
        Book.objects.update(is_published=False)
        authors = Author.objects.count()
        with CaptureQueriesContext(connection) as captured:
            deleted = dict(run())
        self.assertEqual(deleted["library.Author"], authors)
        deletes = [query for query in captured if 'DELETE FROM "library_author"' in query["sql"]]
        self.assertEqual(len(deletes), 1)

    def test_books_that_they_edited_stay(self):
        book = Book.objects.filter(is_published=True).first()
        book.editor = Author.objects.exclude(books__is_published=True).first()
        book.save()
        list(run())
        book.refresh_from_db()
        self.assertIsNone(book.editor)
