from django.test import TestCase
from optimized import run


class OnlySomeColumnsTests(TestCase):
    fixtures = ["library"]

    def test_fetches_no_column_that_the_page_does_not_read(self):
        # A column that only() leaves out and the page reads is one more query for each book.
        with self.assertNumQueries(1) as captured:
            list(run())
        columns, _, _ = captured[0]["sql"].partition(" FROM ")
        self.assertEqual(columns.count(",") + 1, 3, columns)  # title, price, and always the key
