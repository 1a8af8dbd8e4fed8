from django.test import TestCase
from optimized import search


class ParametersTests(TestCase):
    fixtures = ["library"]

    def test_a_quote_in_the_text_ends_nothing(self):
        self.assertEqual(search("Librarian's"), ["The Librarian's Swallow"])

    def test_sql_in_the_text_is_text(self):
        self.assertEqual(search("x' UNION SELECT email FROM library_customer -- "), [])
