from django.test import TestCase
from optimized import run


class OverJoiningTests(TestCase):
    fixtures = ["library"]

    def test_no_table_is_joined_that_the_page_does_not_read(self):
        with self.assertNumQueries(1) as captured:  # too few joins would show as more queries
            list(run())
        self.assertNotIn("JOIN", captured[0]["sql"])
