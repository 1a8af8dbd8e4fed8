from django.test import TestCase
from optimized import run

from library.models import Author, Book


class DistinctValuesTests(TestCase):
    fixtures = ["library"]

    def test_books_of_one_country_with_different_dates(self):
        author = Author.objects.get(pk=1)
        Book.objects.update(author=author)
        self.assertEqual(run(), [author.country.name])
