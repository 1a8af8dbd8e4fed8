from django.db import connection
from django.test import TestCase
from optimized import Subscriber, run
from setup import add_trigram_index


class TrigramIndexTests(TestCase):
    # SQLite's words.
    def test_a_part_of_a_name_is_found_by_the_index(self):
        found = Subscriber.objects.create(name="Ingrid Lindberg")
        Subscriber.objects.create(name="Ingrid Lindgren")
        add_trigram_index(Subscriber)
        with self.assertNumQueries(1) as captured:
            self.assertEqual(run(), [(found.pk, found.name)])
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN QUERY PLAN " + captured[0]["sql"])
            self.assertIn("VIRTUAL TABLE", str(cursor.fetchall()))
