from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from inbox import requests
from optimized import run
from setup import Signup


class ConstraintsTests(TestCase):
    fixtures = ["library"]

    def test_each_request_is_one_insert(self):
        asked = list(requests())
        with CaptureQueriesContext(connection) as captured:
            list(run())
        kinds = [query["sql"].partition(" ")[0] for query in captured]
        self.assertEqual(kinds.count("INSERT"), len(asked))
        self.assertEqual(kinds.count("SELECT"), 2)  # those of requests()

    def test_what_breaks_a_rule_is_refused(self):
        answers = list(run())
        accepted = [(customer, seats) for customer, seats, answer in answers if answer == "signed up"]
        self.assertLess(len(accepted), len(answers))
        self.assertCountEqual(Signup.objects.values_list("customer_id", "seats"), accepted)
        self.assertTrue(all(1 <= seats <= 4 for _, seats in accepted))
