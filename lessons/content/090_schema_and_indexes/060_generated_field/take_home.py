from django.test import TestCase
from optimized import run
from setup import Pile


class GeneratedFieldTests(TestCase):
    def test_the_database_filters(self):
        with self.assertNumQueries(1) as captured:
            list(run())
        self.assertIn('"worth" >= ', captured[0]["sql"])

    def test_update_changes_the_worth_as_well(self):
        Pile.objects.create(isbn="9781400000012", price=100, copies=39)
        self.assertEqual(list(run()), [])
        Pile.objects.update(copies=40)
        self.assertEqual(list(run()), [("9781400000012", 40)])
