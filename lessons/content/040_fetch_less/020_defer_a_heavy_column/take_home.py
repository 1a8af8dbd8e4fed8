from django.test import TestCase
from optimized import run


class DeferAHeavyColumnTests(TestCase):
    fixtures = ["library"]

    def test_the_export_does_not_fetch_the_long_text(self):
        # If the export read the text after all, that would be one more query for each book.
        with self.assertNumQueries(1) as captured:
            list(run())
        self.assertNotIn("description", captured[0]["sql"])
