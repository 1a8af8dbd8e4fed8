from django.test import TestCase
from optimized import Rating


class DescendingIndexTests(TestCase):
    # SQLite's words. Where no index has the order, its plan says USE TEMP B-TREE FOR ORDER BY.
    def test_the_first_page_is_not_sorted(self):
        plan = Rating.objects.order_by("-stars", "pk")[:10].explain()
        self.assertIn("USING INDEX", plan)
        self.assertNotIn("USE TEMP B-TREE", plan)
