from django.test import TestCase
from optimized import run
from setup import setup

from library.models import Sale


class DatabaseViewTests(TestCase):
    fixtures = ["library"]

    def setUp(self):
        setup()

    def test_the_totals_are_read_and_not_computed(self):
        with self.assertNumQueries(1) as captured:
            self.assertTrue(list(run()))
        self.assertNotIn(Sale._meta.db_table, captured[0]["sql"])
