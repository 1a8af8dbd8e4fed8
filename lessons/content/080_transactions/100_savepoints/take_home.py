from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from optimized import price_list, run
from setup import Offer, setup


class SavepointsTests(TestCase):
    fixtures = ["library"]

    def setUp(self):
        setup()

    def test_no_savepoint_for_each_line(self):
        with CaptureQueriesContext(connection) as captured:
            run()
        savepoints = [query for query in captured if query["sql"].startswith("SAVEPOINT")]
        self.assertEqual(len(savepoints), 1)  # in a TestCase the outermost atomic() is one too

    def test_every_book_is_offered_once(self):
        run()
        offered = Offer.objects.order_by("isbn").values_list("isbn", flat=True)
        self.assertEqual(list(offered), sorted(price_list()))
