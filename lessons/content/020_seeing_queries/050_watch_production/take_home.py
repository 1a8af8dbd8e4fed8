from django.test import TestCase
from optimized import run

from library.models import Book


class WatchProductionTests(TestCase):
    fixtures = ["library"]

    def test_warns_of_the_pages_with_too_many_queries(self):  # DEBUG is off, as in production
        said = dict(run())
        warned = [page for page in said if said[page] != "no warning"]
        self.assertEqual(warned, ["/complaints/", "/catalogue/"])

    def test_counts_each_query_of_the_page(self):
        authors = Book.objects.count()  # one is fetched for each book
        self.assertIn(f"{1 + authors} queries", dict(run())["/catalogue/"])
