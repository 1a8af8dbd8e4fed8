from django.test import TestCase
from optimized import check
from views import PAGES


class DetectorsTests(TestCase):
    fixtures = ["library"]

    def test_finds_the_pages_whose_queries_grow(self):
        found = [page.__name__ for page in PAGES if check(page) == "fails"]
        self.assertEqual(found, ["catalogue", "ratings"])
