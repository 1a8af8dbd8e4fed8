from django.test import TestCase
from optimized import run


class InBulkTests(TestCase):
    fixtures = ["library"]

    def test_two_queries_and_the_order_of_the_ranking(self):
        with self.assertNumQueries(2):  # for the sales, and for the books of them all
            scores = [score for _, score in run()]
        self.assertEqual(scores, sorted(scores, reverse=True))  # the dict is in another order
