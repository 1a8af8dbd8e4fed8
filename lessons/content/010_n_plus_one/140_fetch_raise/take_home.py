from unittest.mock import patch

from django.core.exceptions import FieldFetchBlocked
from django.db.models import QuerySet
from django.test import TestCase
from optimized import run

from library.models import Book


class FetchRaiseTests(TestCase):
    fixtures = ["library"]

    def test_joins_what_it_reads(self):
        with self.assertNumQueries(1):
            list(run())

    def test_a_relation_that_nobody_joined_is_an_error(self):
        Book.objects.exclude(pk=1).delete()  # one row is enough, unlike for a count of queries
        forget = patch.object(QuerySet, "select_related", lambda books, *names: books)
        with forget, self.assertRaises(FieldFetchBlocked):
            list(run())
