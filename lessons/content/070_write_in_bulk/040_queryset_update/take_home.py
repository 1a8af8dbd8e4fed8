from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from optimized import run
from setup import Listing, setup


class QuerysetUpdateTests(TestCase):
    fixtures = ["library"]

    def setUp(self):
        setup()

    def test_one_update_for_all_drafts(self):
        with CaptureQueriesContext(connection) as captured:
            run()
        updates = [query for query in captured if query["sql"].startswith("UPDATE")]
        self.assertEqual(len(updates), 1)

    # update() does not set what has auto_now.
    def test_drafts_that_go_live_are_news(self):
        drafts = Listing.objects.filter(live=False).order_by("book")
        titles = list(drafts.values_list("book__title", flat=True))
        self.assertEqual(run(), [(title, True) for title in titles])
