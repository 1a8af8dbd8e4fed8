from django.test import TestCase
from optimized import run
from setup import PAGE_SIZE, setup


class PaginationTests(TestCase):
    fixtures = ["library"]

    def setUp(self):
        setup()

    def test_a_deep_page_neither_counts_nor_skips(self):
        with self.assertNumQueries(1) as captured:
            offers = list(run(page=2_000))
        self.assertEqual(len(offers), PAGE_SIZE)
        self.assertNotIn("OFFSET", captured[0]["sql"])

    def test_the_next_page_goes_on_where_the_first_ended(self):
        first, second = list(run(page=1)), list(run(page=2))
        self.assertEqual(second[0][0], first[-1][0] - 1)
