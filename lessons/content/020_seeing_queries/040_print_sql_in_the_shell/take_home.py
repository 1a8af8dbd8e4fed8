from django.test import TestCase
from optimized import run


class PrintSqlInTheShellTests(TestCase):
    fixtures = ["library"]

    def test_looks_at_a_loaded_queryset_are_free(self):
        with self.assertNumQueries(2):  # for the five books, and for the author of one
            list(run())
